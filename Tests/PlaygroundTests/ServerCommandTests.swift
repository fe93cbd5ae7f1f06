import Chat
import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

/// What keys and commands do where models are on servers.
@Suite struct ServerCommandTests {
    private static let size = Size(columns: 120, rows: 40)

    /// Two models on servers.
    private static func served() -> PlaygroundDriver {
        let panes = [
            Pane(role: .small, model: "cluster"), Pane(role: .large, model: "openai:large@http://gpu-box:8080"),
        ]
        var driver = PlaygroundDriver(State(size: size, panes: panes))
        driver.send(.started)
        driver.open(PlaygroundSample.serviceProfile, PlaygroundSample.bareProfile)
        return driver
    }

    // MARK: Context

    @Test func aServersContextIsItsOwnAndItsAnswerGoesOn() {
        var driver = PlaygroundSample.asking(Self.size)
        let loads = driver.loads.count
        #expect(driver.enter("/context 4096 @large").isEmpty)
        #expect(
            driver.state.notice?.text.hasPrefix("large is on a server, which decides its context.") == true)
        #expect(driver.state.prompt.text == "/context 4096 @large")
        #expect(driver.loads.count == loads)
        #expect(driver.state.panes[1].turns.last?.phase == .requesting)
        #expect(driver.state.panes[1].settings.contextLength == nil)
    }

    @Test func theOthersAreOpenedAnew() {
        var driver = PlaygroundSample.withServer(Self.size)
        driver.enter("/context 4096 @all")
        #expect(driver.loadPanes == [0, 1, 0])
        #expect(driver.state.panes.map(\.settings.contextLength) == [4096, nil])
        #expect(
            driver.state.notice?.text
                == "context tokens is 4096 for small, opened anew with it. "
                + "large is on a server, which decides its context.")
    }

    @Test func theFormSaysItToo() {
        var driver = Self.served()
        driver.press(.function(3), .end)
        driver.type("4096")
        #expect(driver.press(.enter).isEmpty)
        #expect(
            driver.state.notice?.text == "small and large are on servers, which decide their context.")
        #expect(driver.state.panes.allSatisfy { $0.settings.contextLength == nil })
    }

    /// A context that was set for panes to come is nothing that sets a server's pane apart.
    @Test func titlesTellNoContextOfServers() {
        var driver = Self.served()
        driver.press(.function(3), .end)
        driver.type("4096")
        driver.press(.enter)
        driver.enter("/add openai:large@http://gpu-box:8080")
        #expect(driver.state.panes[2].settings.contextLength == 4096)
        #expect(driver.state.peculiarities(of: 2).isEmpty)
        driver.enter("/add tiny")
        #expect(driver.state.peculiarities(of: 3) == " ctx 4096")
    }

    @Test func otherParametersAreTheServersToo() {
        var driver = Self.served()
        driver.enter("/set temperature 0.3")
        #expect(driver.state.panes.map(\.settings.sampling.temperature) == [0.3, 0.3])
        #expect(driver.state.notice?.text == "temperature is 0.3 for both models, from the next prompt on.")
    }

    // MARK: Speculation

    @Test func guessingNeedsAModelHere() {
        var driver = Self.served()
        driver.press(.function(8))
        #expect(driver.state.notice?.text.hasPrefix("Nobody can guess here: the models are on servers") == true)
        #expect(!driver.state.settings.speculates)
        var started = PlaygroundDriver(
            State(
                size: Self.size, panes: [Pane(role: nil, model: "openai:large@http://gpu-box:8080")],
                settings: Settings(speculates: true)))
        started.send(.started)
        started.open(PlaygroundSample.bareProfile)
        #expect(!render(started.state).text().contains("speculating"))
        started.enter("/add tiny")
        #expect(render(started.state).text().contains("speculating"))
    }

    // MARK: Names

    @Test(arguments: [
        ("openai:qwen3-32b@https://models.example/v1", "@models.example"), ("cluster", "@cluster"),
        ("qwen3-32b", "@models.example"),
    ])
    func aTitleSaysWhereTheModelIsInAnyWidth(_ reference: String, _ mark: String) {
        for columns in [40, 60, 80, 100, 120] {
            let panes = [Pane(role: .small, model: "tiny"), Pane(role: .large, model: reference)]
            var driver = PlaygroundDriver(State(size: Size(columns: columns, rows: 24), panes: panes))
            driver.send(.started)
            var profile = PlaygroundSample.serviceProfile
            profile.name = "qwen3-32b"
            driver.open(PlaygroundSample.smallProfile, profile)
            #expect(driver.state.panes[1].serverMark == mark)
            guard driver.state.layout.rects(of: 1) != nil else { continue }
            let title = render(driver.state).text()
            let isMarked = ["on models.example", "@m", "@c", "@…"].contains { title.contains($0) }
            #expect(isMarked, "\(columns)")
        }
    }

    @Test func aLongNameLeavesTheMark() {
        let panes = [Pane(role: .small, model: "tiny"), Pane(role: .large, model: "cluster")]
        var driver = PlaygroundDriver(State(size: Size(columns: 80, rows: 24), panes: panes))
        driver.send(.started)
        var profile = PlaygroundSample.bareProfile
        profile.name = "meta-llama/Llama-3.3-70B-Instruct-Turbo"
        driver.open(PlaygroundSample.smallProfile, profile)
        #expect(render(driver.state).text().contains("@cl… plain HTTP"))
    }

    // MARK: Picker

    private static let listings: [ModelListing] = [
        ModelListing(id: "qwen3-32b", title: "Qwen3 32B", availability: .onDisk(path: "qwen.gguf")),
        ModelListing(
            id: "cluster", title: "qwen3-32b", contextLength: 32768, remark: "$2 in, $10 out a million tokens",
            availability: .served(by: "models.example")),
        ModelListing(id: "box", title: "large", availability: .served(by: "gpu-box.somewhere.example:8080")),
        ModelListing(
            id: "ollama:broken", title: "broken", availability: .partial(bytes: 7), obstacle: "a part of it is missing"),
    ]

    @Test func thePickerSaysWhatAServersRowIs() {
        var driver = Self.served()
        driver.send(.modelsListed(Self.listings + PlaygroundSample.listings))
        driver.press(.function(2))
        var text = render(driver.state).text()
        // The model that is open, not the one on disk that has its name.
        #expect(driver.state.chosenRow == "cluster")
        #expect(text.contains("now: qwen3-32b on models.example"))
        #expect(text.contains("at gpu-box.somewhere.example:8080"))
        #expect(text.contains("qwen3-32b · at models.example · context 32768"))
        #expect(text.contains("$2 in, $10 out a million tokens · from config.yaml; nobody was asked"))
        driver.press(.tab)
        text = render(driver.state).text()
        #expect(text.contains("now: large on gpu-box:8080"))
    }

    @Test func thePickersLineGoesToTheOtherPanesModel() {
        var driver = PlaygroundSample.withServer(Self.size)
        let local = ModelListing(
            id: "smollm2-135m-instruct", title: "SmolLM2", availability: .onDisk(path: "small.gguf"))
        driver.send(.modelsListed([local] + Self.listings))
        driver.press(.function(2))
        #expect(driver.state.chosenRow == "smollm2-135m-instruct")
        driver.press(.tab)
        #expect(driver.state.chosenRow == "cluster")
    }

    @Test func whatCannotBeOpenedOffersNoEnter() {
        var driver = PlaygroundSample.ready(size: Self.size)
        driver.send(.modelsListed(Self.listings))
        driver.press(.function(2), .end)
        let text = render(driver.state).text()
        #expect(driver.state.chosenRow == "ollama:broken")
        #expect(text.contains("a part of it is missing"))
        #expect(!text.contains("Enter pull"))
        #expect(!text.contains("Enter open"))
    }

    // MARK: Following, repeating, counting

    @Test func panesToFollowAreNamedWithASign() {
        var driver = PlaygroundSample.finished()
        driver.press(.control("u"))
        driver.enter("/follow large small")
        #expect(driver.state.notice?.text.hasPrefix("Panes are named with @, such as /follow @small @large.") == true)
    }

    @Test func nobodyIsTurnedRoundWhereBothAreOnServers() {
        var driver = Self.served()
        driver.enter("Hi")
        driver.answer(0, "Yes")
        driver.answer(1, "No")
        driver.enter("/follow")
        guard case .follow(let request)? = driver.effects.last else {
            Issue.record("nothing is followed")
            return
        }
        driver.send(.follow(request.id, .failed("it can't be led")))
        let page = driver.state.followPage(columns: 200).map { $0.map(\.text).joined() }
        #expect(page[1].hasSuffix("A model in this process can follow; /add opens one."))
    }

    @Test func aFailedAnswerNeedNotBeTheSameAgain() {
        var driver = PlaygroundSample.ready()
        for pane in driver.state.panes.indices { driver.enter("/set temperature 0 @\(pane + 1)") }
        driver.enter("Hi")
        driver.answer(0, "Yes")
        driver.send(.run(driver.runs[1].id, .failed("no")))
        driver.enter("/regen @2")
        #expect(driver.state.notice == nil)
        driver.answer(1, "Yes")
        driver.enter("/regen @2")
        #expect(driver.state.notice?.text.contains("the answer will be the same") == true)
    }

    @Test func oneChunkIsOne() {
        var driver = Self.served()
        driver.enter("Hi")
        driver.chat(0, .token(ChatToken(text: "Yes", isChunk: true, at: .milliseconds(3))))
        driver.chat(0, .finished(.stop, at: .milliseconds(4)))
        driver.answer(1, "No")
        driver.press(.alt("t"))
        #expect(!render(driver.state).text().contains("1 chunks"))
        #expect(render(driver.state).text().contains("1 chunk"))
    }

    @Test func whatServersKeepIsSaidOfAllOfThem() {
        var driver = Self.served()
        driver.enter("Hi")
        driver.answer(0, "Yes")
        driver.answer(1, "No")
        driver.enter("/repeat 1")
        driver.answer(0, "Yes")
        driver.answer(1, "No")
        let text = driver.state.repeatsPage(columns: 300).map { $0.map(\.text).joined() }.joined(separator: "\n")
        #expect(text.contains("what models.example and gpu-box:8080 keep is not known"))
    }
}

extension State {
    /// The row that the picker's line is on.
    fileprivate var chosenRow: ModelListing.ID? {
        if case .models(let picker) = dialog { chosen(in: picker)?.id } else { nil }
    }
}
