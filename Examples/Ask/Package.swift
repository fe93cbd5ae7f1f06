// swift-tools-version: 6.2
import PackageDescription

// Another package that depends on the library: by path, as here; or by tag, as everybody else does, where DIPTYCH_URL
// names a repository. `make example` builds it both ways.
let diptych: Package.Dependency =
    Context.environment["DIPTYCH_URL"].map { .package(url: $0, from: "0.1.0") }
    ?? .package(name: "diptych", path: "../..")

let package = Package(
    name: "Ask",
    platforms: [.macOS(.v15)],
    dependencies: [diptych],
    targets: [
        .executableTarget(name: "Ask", dependencies: [.product(name: "InferenceCore", package: "diptych")])
    ]
)
