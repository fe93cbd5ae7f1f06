import Chat
import Foundation
import Playground
import Screen

/// A small model in this process beside a large one on a server.
extension PlaygroundSample {
    /// All that can be known: a service that charges by the token.
    public static let serviceProfile = ModelProfile(
        name: "qwen3-32b", location: .server(ModelServer(host: "models.example", software: "vLLM", isSecure: true)),
        contextLength: 32768, loadDuration: .microseconds(80_300),
        price: Price(.perMillionTokens(input: 0.5, cachedInput: 0.1, output: 2)))
    /// Hardly anything: some server in the same network, which isn't encrypted.
    public static let bareProfile = ModelProfile(
        name: "large", location: .server(ModelServer(host: "gpu-box:8080", isSecure: false)),
        loadDuration: .microseconds(12_400))
    /// The small one on a machine that costs something.
    public static let pricedSmallProfile: ModelProfile = {
        var profile = smallProfile
        profile.price = Price(.perHour(0.06))
        return profile
    }()

    /// A request on a new connection, as far as so many of its six steps.
    /// - Parameter retries: how often it was turned away before; half a second each.
    public static func timeline(steps: Int = 6, retries: Int = 0, reused: Bool = false) -> RequestTimeline {
        var timeline = RequestTimeline()
        timeline.attempts = retries + 1
        timeline.started = .milliseconds(500) * retries
        timeline.reusedConnection = reused
        func moment(_ step: Int, _ microseconds: Int) -> Duration? {
            steps >= step ? timeline.started + .microseconds(microseconds) : nil
        }
        if !reused {
            timeline.lookedUp = moment(1, 1_900)
            timeline.connected = moment(2, 13_700)
            timeline.secured = moment(3, 38_800)
        }
        timeline.sent = moment(4, reused ? 310 : 39_200)
        timeline.firstByte = moment(5, reused ? 198_000 : 236_000)
        timeline.firstToken = moment(6, reused ? 206_000 : 290_000)
        if steps >= 5 { timeline.httpVersion = "HTTP/2" }
        return timeline
    }

    /// Figures of nothing.
    public static let bareMetrics = Metrics(loadDuration: .zero, contextAvailable: nil)

    public static let serverReport = ServerReport(
        promptTokens: 39, cachedTokens: 16, completionTokens: 118, reasoningTokens: 52, prefill: .milliseconds(131),
        prefillTokens: 23, decode: .milliseconds(1_340), decodeTokens: 118)

    public static func withServer(_ size: Size, _ large: ModelProfile = serviceProfile) -> PlaygroundDriver {
        let panes = [
            Pane(role: .small, model: "smollm2-135m-instruct"),
            Pane(role: .large, model: "openai:large@https://host/v1"),
        ]
        var driver = PlaygroundDriver(State(size: size, panes: panes))
        driver.send(.started)
        driver.open(large.price == nil ? smallProfile : pricedSmallProfile, large, memory: [smallMemory])
        return driver
    }

    /// The server wasn't up when its pane was to be opened.
    static func failed(_ size: Size) -> PlaygroundDriver {
        let panes = [
            Pane(role: .small, model: "smollm2-135m-instruct"),
            Pane(role: .large, model: "openai:qwen3-32b@http://127.0.0.1:8080/v1"),
        ]
        var driver = PlaygroundDriver(State(size: size, panes: panes))
        driver.send(.started)
        driver.open(smallProfile)
        driver.send(.load(driver.loads[1].id, .failed("127.0.0.1:8080 can't be reached: connection refused")))
        return driver
    }

    /// The small model has answered, and the large one is asked.
    public static func asking(_ size: Size, _ large: ModelProfile = serviceProfile) -> PlaygroundDriver {
        var driver = withServer(size, large)
        driver.enter("Why is the sky blue?")
        driver.play(
            "Because air scatters blue light most.", in: 0, prompt: PromptSummary(tokens: 41, cachedTokens: 0),
            firstToken: .milliseconds(96), gaps: [.milliseconds(12), .milliseconds(13)], memory: smallMemory)
        return driver
    }

    static func requesting(_ size: Size) -> PlaygroundDriver {
        var driver = asking(size)
        driver.turnAway(1, times: 2)
        for step in 0...4 { driver.chat(1, .request(timeline(steps: step, retries: 2))) }
        return driver
    }

    static func thinking(_ size: Size) -> PlaygroundDriver {
        var driver = asking(size)
        driver.chat(1, .request(timeline()))
        driver.stream(thought, in: 1, channel: .reasoning, from: .milliseconds(290), gap: .milliseconds(21))
        return driver
    }

    /// A service that says all that can be said, of a model that thinks first.
    public static func served(_ size: Size, retries: Int = 0) -> PlaygroundDriver {
        var driver = asking(size)
        driver.turnAway(1, times: retries)
        driver.chat(1, .request(timeline(retries: retries)))
        let first = Duration.milliseconds(290 + 500 * retries)
        let gap = Duration.milliseconds(21)
        let end = driver.stream(thought, in: 1, channel: .reasoning, from: first, gap: gap)
        let last = driver.stream(reply, in: 1, from: end, gap: gap)
        driver.chat(1, .server(serverReport), .finished(.stop, at: last))
        return driver
    }

    /// A server that sends chunks and says nothing of itself.
    public static func servedBarely(_ size: Size) -> PlaygroundDriver {
        var driver = asking(size, bareProfile)
        driver.chat(1, .request(timeline(reused: true)))
        let chunks = [
            "Sunlight contains ", "all colours, and air ", "scatters the short waves ", "of blue light ", "most.",
        ]
        var at = Duration.milliseconds(206)
        for chunk in chunks {
            driver.chat(1, .token(ChatToken(text: chunk, isChunk: true, at: at)))
            at += .milliseconds(140)
        }
        driver.chat(1, .finished(.stop, at: at))
        return driver
    }

    static let servers: [(name: String, state: @Sendable (Size) -> State)] = [
        ("server-ready", { withServer($0).state }),
        ("server-open", { withServer($0, bareProfile).state }),
        ("server-failed", { failed($0).state }),
        ("server-requesting", { requesting($0).state }),
        ("server-thinking", { thinking($0).state }),
        ("server", { served($0, retries: 1).state }),
        ("server-alone", { servedAlone($0).state }),
        ("server-three", { threeOnServers($0).state }),
        (
            "server-thoughts",
            {
                var driver = served($0)
                driver.press(.alt("k"))
                return driver.state
            }
        ),
        (
            "server-figures",
            {
                var driver = servedAlone($0, retries: 2)
                driver.press(.alt("t"))
                return driver.state
            }
        ),
        ("server-bare", { servedBarely($0).state }),
        (
            "server-inspector",
            {
                var driver = servedBarely($0)
                driver.enter("/inspect 2 @large")
                return driver.state
            }
        ),
    ]

    /// A model on a server by itself, as wide as the screen.
    public static func servedAlone(_ size: Size, retries: Int = 0) -> PlaygroundDriver {
        var driver = PlaygroundDriver(State(size: size, panes: [Pane(role: nil, model: "qwen")]))
        driver.send(.started)
        driver.open(serviceProfile)
        driver.enter("Why is the sky blue?")
        driver.turnAway(0, times: retries)
        driver.chat(0, .request(timeline(retries: retries)))
        let first = Duration.milliseconds(290 + 500 * retries)
        let last = driver.stream(reply, in: 0, from: first, gap: .milliseconds(42))
        let report = ServerReport(
            promptTokens: 39, cachedTokens: 0, completionTokens: 30, prefill: .milliseconds(131), prefillTokens: 39,
            decode: .milliseconds(1_060), decodeTokens: 30)
        driver.chat(0, .server(report), .finished(.stop, at: last))
        return driver
    }

    /// Where panes are narrow.
    private static func threeOnServers(_ size: Size) -> PlaygroundDriver {
        var driver = withServer(size)
        driver.enter("/add openai:other@http://gpu-box:8080/v1")
        driver.open(smallProfile, serviceProfile, bareProfile, memory: [smallMemory])
        driver.enter("Why is the sky blue?")
        driver.play(
            "Because air scatters blue light most.", in: 0, prompt: PromptSummary(tokens: 41, cachedTokens: 0),
            firstToken: .milliseconds(96), gaps: [.milliseconds(12), .milliseconds(13)], memory: smallMemory)
        driver.chat(1, .request(timeline()))
        let end = driver.stream(thought, in: 1, channel: .reasoning, from: .milliseconds(290), gap: .milliseconds(21))
        let last = driver.stream(reply, in: 1, from: end, gap: .milliseconds(21))
        driver.chat(1, .server(serverReport), .finished(.stop, at: last))
        driver.chat(2, .request(timeline(retries: 1, reused: true)))
        let after = driver.stream(reply, in: 2, from: .milliseconds(706), gap: .milliseconds(50))
        driver.chat(2, .finished(.stop, at: after))
        return driver
    }

    private static let thought = """
        The user asks why the sky is blue. I should explain Rayleigh scattering in plain words: short waves are \
        scattered more than long ones, and the eye is less sensitive to violet. Two or three sentences are enough.
        """
    private static let reply = """
        Sunlight contains all colours, and the molecules of the air scatter short waves far more than long ones. Blue \
        light therefore reaches us from the whole sky.
        """
}

extension PlaygroundDriver {
    fileprivate mutating func turnAway(_ pane: Int, times: Int) {
        for _ in 0..<times {
            chat(pane, .note("models.example turned the request away (HTTP status 429); again in 0.5 s"))
        }
    }

    /// Streams a text in tokens of a word each, of which a server tells no ids and no likelihoods.
    /// - Returns: when the next token would come.
    @discardableResult
    public mutating func stream(
        _ text: String, in pane: Int, channel: ChatToken.Channel = .answer, from first: Duration, gap: Duration
    ) -> Duration {
        var at = first
        for (index, word) in text.split(separator: " ").enumerated() {
            let piece = index == 0 ? String(word) : " " + word
            chat(pane, .token(ChatToken(text: piece, channel: channel, isChunk: true, at: at)))
            at += gap
        }
        return at
    }
}
