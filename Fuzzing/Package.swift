// swift-tools-version: 6.2
import PackageDescription

// The loaders under attack. `./soak` builds it with the toolchain's fuzzer; the same targets run, seeded and for a
// short time, in the main package's tests.
let package = Package(
    name: "Fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "diptych", path: "..")],
    targets: [
        .target(name: "FuzzTargets", dependencies: [.product(name: "InferenceCore", package: "diptych")]),
        .executableTarget(name: "Fuzz", dependencies: ["FuzzTargets"]),
    ]
)
