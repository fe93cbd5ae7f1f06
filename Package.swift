// swift-tools-version: 6.2
import PackageDescription

// Dependencies point down this list, never back: the engine knows nothing of the screen, the
// screens know nothing of the engine, and only `diptych` sees every room.

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A Swift room in `Sources/`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one room, or of the whole house, in `Tests/`.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// Values and doubles that several test targets share.
func testSupport(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

// Its sockets carry the server; HTTP itself is framed here, see Sources/Server/HTTP.
let flyingSocks: Target.Dependency = .product(name: "FlyingSocks", package: "FlyingFox")

let package = Package(
    name: "diptych",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "InferenceCore", targets: ["InferenceCore"]),
        .executable(name: "diptych", targets: ["diptych"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // The engine.
        .target(
            name: "CKernels",
            // Kernels without optimisation are up to a hundred times slower, so debug builds optimise them too.
            cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])],
            linkerSettings: [.linkedLibrary("m"), .linkedLibrary("pthread")]
        ),
        room("InferenceCore", ["CKernels"]),

        // Leaves that everything above speaks in.
        room("Chat"),
        room("Reports"),
        room("Screen"),
        room("Machine"),

        // Small or large: fair runs and verdicts. The tasks they are about stand further down.
        room("Evaluation", ["Chat", "Reports"]),

        // The outside world. libcurl and libcrypto are loaded when they are needed, not linked.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CCrypto", linkerSettings: [.linkedLibrary("dl")]),
        .target(
            name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        // Compiles the catalog, the themes and the prompts in, so that the program finds them wherever it is moved.
        .plugin(name: "EmbedShippedFiles", capability: .buildTool(), exclude: ["embed.sh"]),
        .target(
            name: "Configuration", dependencies: ["Evaluation", "Screen", yams], exclude: ["Shipped"],
            swiftSettings: strict, plugins: ["EmbedShippedFiles"]),
        room("Transport", ["CCurl", "CCrypto"]),
        room("ModelLibrary", ["InferenceCore", "Transport", "Reports", "Configuration", yams]),
        room("Backends", ["Chat", "InferenceCore", "Machine", "Transport"]),
        room("Retrieval", ["Chat", "DocumentText", "InferenceCore", "Transport"]),
        room("Server", ["Chat", flyingSocks]),
        room("TerminalIO", ["CNcurses", "Screen"]),
        // Reports as text, Markdown, HTML and SVG.
        room("Typesetting", ["Chat", "Reports", "Screen"]),
        room("Recording", ["Chat", "Screen", "Typesetting"]),
        room("DocumentText"),

        // The tasks by which small and large are compared.
        room("Tasks", ["Chat", "Evaluation", "Reports", "Retrieval"]),

        // The screens, pure, and the program.
        room("Playground", ["Chat", "Reports", "Screen", "Typesetting"]),
        .executableTarget(
            name: "diptych",
            dependencies: [
                "InferenceCore", "Chat", "Reports", "Screen", "Configuration", "Transport", "ModelLibrary",
                "Backends", "Server", "TerminalIO", "Recording", "DocumentText", "Evaluation", "Tasks", "Retrieval",
                "Typesetting", "Playground", argumentParser,
            ],
            swiftSettings: strict
        ),

        // Tests, a target for each room.
        testSupport("EngineTestSupport", ["InferenceCore"]),
        // The fuzzer's targets, which the tests run too.
        .target(
            name: "FuzzTargets", dependencies: ["InferenceCore"], path: "Fuzzing/Sources/FuzzTargets",
            swiftSettings: strict),
        testSupport("ChatTestSupport", ["Chat"]),
        testSupport("ScreenTestSupport", ["Screen", "TerminalIO"]),
        testSupport("PlaygroundTestSupport", ["Playground", "Chat", "Reports", "Screen"]),
        testSupport("TransportTestSupport", []),
        .target(
            name: "CKernelsTestSupport", dependencies: ["CKernels"], path: "Tests/CKernelsTestSupport",
            cSettings: [.headerSearchPath("../../Sources/CKernels/threads")]),
        tests("CKernelsTests", ["CKernels", "CKernelsTestSupport"], resources: [.copy("Fixtures")]),
        tests(
            "InferenceCoreTests", ["InferenceCore", "EngineTestSupport", "FuzzTargets"],
            resources: [.copy("References"), .copy("ChatTemplate/Fixtures")]),
        tests("ChatTests", ["Chat"]),
        tests(
            "BackendsTests",
            [
                "Backends", "Chat", "InferenceCore", "Machine", "Transport", "EngineTestSupport",
                "TransportTestSupport",
            ]),
        tests("MachineTests", ["Machine"]),
        tests("ConfigurationTests", ["Configuration", "Evaluation", "Screen", "ScreenTestSupport"]),
        tests("TransportTests", ["Transport", "TransportTestSupport"]),
        tests(
            "ModelLibraryTests",
            [
                "ModelLibrary", "InferenceCore", "Reports", "Transport", "Configuration", "EngineTestSupport",
                "TransportTestSupport",
            ]),
        tests("ScreenTests", ["Screen", "ScreenTestSupport"], resources: [.copy("Fixtures")]),
        tests(
            "TerminalIOTests",
            [
                "TerminalIO", "CNcurses", "Configuration", "Screen", "ScreenTestSupport", "Playground",
                "PlaygroundTestSupport", "Chat",
            ]),
        tests(
            "RetrievalTests",
            ["Retrieval", "Chat", "InferenceCore", "Transport", "EngineTestSupport", "ChatTestSupport"]),
        tests("ServerTests", ["Server", "Chat", "ChatTestSupport", flyingSocks]),
        tests("DocumentTextTests", ["DocumentText"]),
        tests("EvaluationTests", ["Evaluation", "Chat", "Reports"]),
        tests("TasksTests", ["Tasks", "Evaluation", "Chat", "Reports", "ChatTestSupport"]),
        tests(
            "TypesettingTests", ["Typesetting", "Chat", "Reports", "Screen", "ScreenTestSupport"],
            resources: [.copy("Fixtures")]),
        tests(
            "RecordingTests", ["Recording", "Chat", "ChatTestSupport", "Typesetting"], resources: [.copy("Fixtures")]),
        tests(
            "PlaygroundTests",
            ["Playground", "PlaygroundTestSupport", "ScreenTestSupport", "Chat", "Configuration", "Reports", "Screen"],
            resources: [.copy("Frames")]),
        tests(
            "DiptychTests",
            [
                "diptych", "Playground", "TerminalIO", "Configuration", "ModelLibrary", "Recording", "Reports", "Chat",
                "Screen", "Backends", "Transport", "ChatTestSupport", "EngineTestSupport", "ScreenTestSupport",
                "TransportTestSupport", "Evaluation", "Tasks", "Retrieval", "Typesetting", argumentParser,
            ]),
    ]
)
