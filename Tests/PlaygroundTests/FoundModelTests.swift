import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

/// Models of other tools and of servers in the picker.
@Suite struct FoundModelTests {
    private func opened(_ keys: Key...) -> PlaygroundDriver {
        var driver = PlaygroundSample.ready()
        driver.send(.modelsListed(PlaygroundSample.found))
        driver.press(.function(2))
        for key in keys { driver.press(key) }
        return driver
    }

    @Test func theyOpenByTheirIds() {
        var driver = opened(.character("j"), .character("j"))
        driver.press(.enter)
        #expect(driver.loads.last?.model == "hf:bartowski/Qwen2.5-7B-Instruct-GGUF:Q4_K_M")
        driver.press(.function(2))
        driver.press(.character("/"))
        driver.type("cluster")
        driver.press(.enter)
        #expect(driver.loads.last?.model == "cluster")
        #expect(driver.state.dialog == nil)
    }

    @Test func whatCannotBeOpenedSaysWhyAndStays() {
        var driver = opened(.character("G"))
        let text = render(driver.state).text()
        #expect(text.contains("can't be opened"))
        #expect(text.contains("its architecture 'gptoss' isn't known here"))
        let loads = driver.loads.count
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.loads.count == loads)
        #expect(driver.state.dialog != nil)
        #expect(driver.state.notice?.text == "ollama:gpt-oss:20b: its architecture 'gptoss' isn't known here")
    }

    @Test func whatWritesNoAnswersIsntOpened() {
        var driver = PlaygroundSample.ready()
        var encoder = PlaygroundSample.found[2]
        encoder.isEncoder = true
        driver.send(.modelsListed([encoder]))
        driver.press(.function(2))
        #expect(render(driver.state).text().contains("writes no answers"))
        driver.press(.enter)
        #expect(driver.state.notice?.text.contains("diptych embed") == true)
    }

    @Test(arguments: [
        ("qwen q4", ["hf:bartowski/Qwen2.5-7B-Instruct-GGUF:Q4_K_M"]),
        ("lm studio", ["ollama:llama3.2:1b"]), ("to pull", ["gemma3-270m"]),
        ("OLLAMA", ["ollama:llama3.2:1b", "ollama:gpt-oss:20b"]), ("jxq", []), (" ", PlaygroundSample.found.map(\.id)),
    ]) func wordsFindThem(words: String, ids: [String]) throws {
        var driver = opened(.character("/"))
        driver.type(words)
        guard case .models(let picker)? = driver.state.dialog else {
            Issue.record("the picker has closed")
            return
        }
        #expect(driver.state.rows(of: picker).map(\.id) == ids)
        let text = render(driver.state).text()
        #expect(text.contains("› " + words.trimmingPrefix(" ")))
        #expect(text.contains("no model has these words") == ids.isEmpty)
        if ids.isEmpty { #expect(driver.press(.enter).isEmpty) }
    }

    @Test func escapeShowsAllAgainAndThenCloses() {
        var driver = opened(.character("/"))
        driver.type("ollama")
        driver.press(.down, .escape)
        guard case .models(let picker)? = driver.state.dialog else {
            Issue.record("the picker has closed")
            return
        }
        #expect(picker.filter.isEmpty && !picker.isFiltering)
        // The line stays on the same model.
        #expect(driver.state.chosen(in: picker)?.id == "ollama:gpt-oss:20b")
        driver.press(.escape)
        #expect(driver.state.dialog == nil)
    }

    @Test func lettersAreKeysAgainAfterASearch() {
        var driver = opened(.character("/"), .character("g"), .backspace, .escape)
        driver.press(.character("g"))
        guard case .models(let picker)? = driver.state.dialog else {
            Issue.record("the picker has closed")
            return
        }
        #expect(picker.selected == 0)
        #expect(driver.press(.character("r")) == [.listModels])
    }

    @Test func aShorterListKeepsTheLineInIt() {
        var driver = opened(.character("G"))
        driver.send(.modelsListed(Array(PlaygroundSample.found.prefix(1))))
        #expect(render(driver.state).text().contains("smollm2-135m-instruct"))
        driver.press(.up, .enter)
        #expect(driver.loads.last?.model == "smollm2-135m-instruct")
    }

    @Test func aModelIsTheSameByAnyOfItsNames() {
        let listing = PlaygroundSample.found[3]
        var driver = PlaygroundSample.ready()
        for name in ["ollama:llama3.2:1b", "lmstudio:meta/Llama-3.2-1B:Q8_0", "/models/ollama:llama3.2:1b"] {
            driver.state.panes[0].reference = name
            #expect(listing.isModel(of: driver.state.panes[0]), "\(name)")
        }
        driver.state.panes[0].reference = "ollama:llama3.2:3b"
        #expect(!listing.isModel(of: driver.state.panes[0]))
    }
}
