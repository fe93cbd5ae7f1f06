import Chat
import Playground
import Reports
import Screen

/// Playgrounds with believable contents: what the tests and the README's picture show.
public enum PlaygroundSample {
    public static let smallProfile = ModelProfile(
        name: "smollm2-135m-instruct", architecture: "llama", format: "Q4_1", parameterCount: 134_515_008,
        fileBytes: 98_362_432, contextLength: 4096, hasChatTemplate: true, loadDuration: .microseconds(38_200),
        threads: 2)
    public static let largeProfile = ModelProfile(
        name: "qwen2.5-coder-1.5b-instruct", architecture: "qwen2", format: "Q4_K - Medium",
        parameterCount: 1_543_714_304, fileBytes: 1_117_320_768, contextLength: 4096, hasChatTemplate: true,
        loadDuration: .microseconds(121_700), threads: 2)
    public static let baseProfile = ModelProfile(
        name: "gemma3-270m", architecture: "gemma3", format: "Q4_K - Medium", parameterCount: 268_098_176,
        fileBytes: 253_113_024, contextLength: 4096, hasChatTemplate: false, loadDuration: .microseconds(64_100),
        threads: 2)

    public static let smallMemory = MemoryUse(
        weightsMapped: 98_362_432, weightsResident: 98_312_192, repacked: 0, keyValueCache: 94_371_840,
        scratch: 9_437_184)
    public static let largeMemory = MemoryUse(
        weightsMapped: 1_117_320_768, weightsResident: 1_113_890_816, repacked: 0, keyValueCache: 117_440_512,
        scratch: 21_430_272)

    /// The default pair, as the program starts it.
    public static func starting(
        size: Size = Size(columns: 80, rows: 24), settings: Settings = Settings(),
        paneSettings: PaneSettings = PaneSettings(), appearance: Appearance = Appearance(),
        initialPrompt: String? = nil
    ) -> PlaygroundDriver {
        let panes = [
            Pane(role: .small, model: "smollm2-135m-instruct", settings: paneSettings),
            Pane(role: .large, model: "qwen2.5-coder-1.5b-instruct", settings: paneSettings),
        ]
        return PlaygroundDriver(
            State(size: size, panes: panes, settings: settings, appearance: appearance, initialPrompt: initialPrompt))
    }

    /// Both models are open, nothing is asked yet.
    public static func ready(
        size: Size = Size(columns: 80, rows: 24), settings: Settings = Settings(),
        paneSettings: PaneSettings = PaneSettings(), appearance: Appearance = Appearance()
    ) -> PlaygroundDriver {
        var driver = starting(size: size, settings: settings, paneSettings: paneSettings, appearance: appearance)
        driver.send(.started)
        driver.open(smallProfile, largeProfile)
        return driver
    }

    /// A finished comparison of the default pair, with a follow-up being typed.
    public static func finished(
        size: Size = Size(columns: 80, rows: 24), appearance: Appearance = Appearance()
    ) -> PlaygroundDriver {
        var driver = ready(size: size, appearance: appearance)
        driver.type("Why is the sky blue? Answer in three sentences.")
        driver.press(.enter)
        driver.play(
            smallAnswer, in: 0, prompt: PromptSummary(tokens: 41, cachedTokens: 0), firstToken: .milliseconds(96),
            gaps: gaps(of: 12_100), memory: smallMemory)
        driver.play(
            largeAnswer, in: 1, prompt: PromptSummary(tokens: 39, cachedTokens: 0), firstToken: .milliseconds(712),
            gaps: gaps(of: 84_300), memory: largeMemory)
        driver.type("And at sunset?")
        return driver
    }

    /// ``finished(size:appearance:)`` for those who need the state alone.
    public static func state(
        size: Size = Size(columns: 80, rows: 24), appearance: Appearance = Appearance()
    ) -> State {
        finished(size: size, appearance: appearance).state
    }

    /// What `models list` knows: two models here, one partly here, one to be had, one too large.
    public static let listings: [ModelListing] = [
        listing(
            "smollm2-135m-instruct", "SmolLM2 135M Instruct", 98_362_432, "Apache-2.0", .onDisk(path: "small.gguf"),
            needs: 202_000_000),
        listing("gemma3-270m", "Gemma 3 270M", 253_113_024, "Gemma", .remote, needs: 310_000_000),
        listing(
            "qwen2.5-coder-0.5b-instruct", "Qwen2.5 Coder 0.5B Instruct", 491_400_064, "Apache-2.0",
            .partial(bytes: 122_850_016), needs: 560_000_000),
        listing(
            "qwen2.5-coder-1.5b-instruct", "Qwen2.5 Coder 1.5B Instruct", 1_117_320_768, "Apache-2.0",
            .onDisk(path: "large.gguf"), needs: 1_260_000_000),
        listing(
            "llama-3.1-70b-instruct", "Llama 3.1 70B Instruct", 42_520_000_000, "Llama-3.1", .remote,
            needs: 44_100_000_000),
    ]

    /// What other tools have besides, what a server has, and what can't be opened.
    public static let found: [ModelListing] =
        listings.prefix(2) + [
            found(
                "hf:bartowski/Qwen2.5-7B-Instruct-GGUF:Q4_K_M", "Qwen2.5 7B Instruct", "qwen2", "Q4_K_M", 4_683_074_240),
            found(
                "ollama:llama3.2:1b", "Llama 3.2 1B Instruct", "llama", "Q8_0", 1_321_082_688,
                also: "lmstudio:meta/Llama-3.2-1B:Q8_0"),
            ModelListing(
                id: "cluster", title: "qwen2.5-72b-instruct", contextLength: 32768,
                remark: "$0.15 in, $0.60 out a million tokens",
                availability: .served(by: "models.example:8443")),
            ModelListing(
                id: "ollama:gpt-oss:20b", title: "gpt-oss:20b", architecture: "gptoss", parameters: 20_914_757_184,
                format: "MXFP4", bytes: 13_793_441_244, contextLength: 131_072, availability: .onDisk(path: "oss"),
                obstacle: "its architecture 'gptoss' isn't known here",
                places: [ModelListing.Place(tool: "Ollama", id: "ollama:gpt-oss:20b", path: "oss")]),
        ]

    private static func found(
        _ id: String, _ title: String, _ architecture: String, _ format: String, _ bytes: Int, also other: String? = nil
    ) -> ModelListing {
        let tools = ["hf": "Hugging Face", "ollama": "Ollama", "lmstudio": "LM Studio"]
        let places = [id, other].compactMap { $0 }.map { id in
            ModelListing.Place(tool: tools[String(id.prefix { $0 != ":" })] ?? "", id: id, path: "/models/\(id)")
        }
        return ModelListing(
            id: id, title: title, architecture: architecture, parameters: bytes * 2, format: format, bytes: bytes,
            contextLength: 32768, availability: .onDisk(path: "/models/\(id)"),
            fit: Fit(neededBytes: bytes + bytes / 8, availableBytes: 6_200_000_000), places: places)
    }

    private static func listing(
        _ id: String, _ title: String, _ bytes: Int, _ licence: String, _ availability: ModelListing.Availability,
        needs: Int
    ) -> ModelListing {
        ModelListing(
            entry: CatalogEntry(
                id: id, title: title, file: id + ".gguf", bytes: bytes, sha256: String(repeating: "0", count: 64),
                licence: licence),
            availability: availability, fit: Fit(neededBytes: needs, availableBytes: 6_200_000_000))
    }

    /// Gaps around a median in microseconds, with a stall.
    private static func gaps(of median: Int) -> [Duration] {
        let shares = [100, 97, 103, 99, 108, 96, 101, 125, 98, 100, 104, 95, 102, 99, 141, 100, 97, 106, 98, 100, 460]
        return shares.map { .microseconds(median * $0 / 100) }
    }

    private static let smallAnswer = """
        The sky is blue because of a phenomenon called Rayleigh scattering. When sunlight enters the Earth's \
        atmosphere, it meets tiny molecules of gases such as nitrogen and oxygen. These molecules scatter the shorter \
        blue wavelengths far more than the longer red ones, so blue light reaches our eyes from every direction.
        """

    private static let largeAnswer = """
        Sunlight contains all colors, and the molecules of the air scatter short wavelengths much more strongly than \
        long ones, which is known as Rayleigh scattering. Blue light is therefore redirected across the whole sky, \
        while red and yellow light mostly travel on in a straight line. Violet is scattered even more, but the Sun \
        emits less of it and our eyes are less sensitive to it.
        """
}
