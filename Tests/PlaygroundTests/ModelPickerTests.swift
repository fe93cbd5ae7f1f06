import Chat
import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

@Suite struct ModelPickerTests {
    @Test func asksForTheModelsAndStartsAtTheCurrentOne() {
        var driver = opened(pane: 1)
        guard case .models(let picker)? = driver.state.dialog else {
            Issue.record("the picker hasn't opened")
            return
        }
        #expect(picker.pane == 1)
        #expect(picker.selected == 3)
        #expect(driver.press(.character("r")) == [.listModels])
    }

    @Test func aModelOnDiskIsOpenedInThePane() {
        var driver = opened(pane: 1)
        driver.press(.character("g"))
        let effects = driver.press(.enter)
        #expect(effects.count == 1)
        #expect(driver.loadPanes.last == 1)
        #expect(driver.loads.last?.model == "smollm2-135m-instruct")
        #expect(driver.state.dialog == nil)
        driver.send(.load(driver.loads[driver.loads.count - 1].id, .ready(PlaygroundSample.smallProfile, nil)))
        #expect(driver.state.panes[1].profile == PlaygroundSample.smallProfile)
    }

    @Test func theOtherPaneIsATabAway() {
        var driver = opened(pane: 0)
        driver.press(.tab, .character("g"), .enter)
        #expect(driver.loadPanes.last == 1)
    }

    @Test func eventsOfAnOlderLoadAreDropped() {
        var driver = opened(pane: 0)
        driver.press(.enter)
        let old = driver.loads[driver.loads.count - 1].id
        driver.press(.function(2), .enter)
        driver.send(.load(old, .ready(PlaygroundSample.largeProfile, nil)))
        #expect(driver.state.panes[0].profile == nil)
        driver.send(.load(old, .failed("late")))
        #expect(driver.state.panes[0].isLoading)
    }

    @Test func choosingAModelStopsTheRunOfTheOldOneAndKeepsTheConversation() {
        var driver = PlaygroundSample.ready()
        driver.send(.modelsListed(PlaygroundSample.listings))
        driver.type("hi")
        driver.press(.enter, .function(2))
        let effects = driver.press(.enter)
        #expect(effects.first == .cancel(driver.runs[0].id))
        #expect(driver.state.panes[0].turns.count == 1)
    }

    @Test func aRemoteModelIsPulledAndThenOpened() {
        var driver = opened(pane: 0)
        driver.press(.character("j"))
        #expect(driver.press(.enter) == [.pull("gemma3-270m")])
        // A second time nothing new is asked for.
        #expect(driver.press(.enter).isEmpty)
        driver.send(.pull("gemma3-270m", .progress(progress)))
        let text = render(driver.state).text()
        #expect(text.contains("50 %"))
        #expect(text.contains("127/253 MB"))
        #expect(text.contains("12.1 MB/s"))
        #expect(text.contains("~10.5 s left"))
        driver.send(.pull("gemma3-270m", .verifying))
        #expect(render(driver.state).text().contains("verifying"))
        driver.press(.escape)
        let effects = driver.send(.pull("gemma3-270m", .finished))
        #expect(effects.last == .listModels)
        #expect(driver.loads.last?.model == "gemma3-270m")
        #expect(driver.loadPanes.last == 0)
    }

    @Test func aPullGoesOnInTheBackground() {
        var driver = opened(pane: 0)
        driver.press(.character("j"), .enter, .escape, .escape)
        driver.send(.pull("gemma3-270m", .progress(progress)))
        #expect(render(driver.state).text().contains("pulling gemma3-270m 50 %"))
        // An answer that is being measured isn't disturbed when the pull ends.
        driver.type("hi")
        driver.press(.enter)
        let loads = driver.loads.count
        driver.send(.pull("gemma3-270m", .finished))
        #expect(driver.loads.count == loads)
        #expect(driver.state.notice?.text == "gemma3-270m is here; F2 opens it.")
    }

    @Test func aPullCanBeStopped() {
        var driver = opened(pane: 0)
        driver.press(.character("j"), .enter)
        #expect(driver.press(.character("x")) == [.cancelPull("gemma3-270m")])
        #expect(driver.send(.pull("gemma3-270m", .cancelled)) == [.listModels])
        #expect(driver.state.library.pulls.isEmpty)
        // What comes late changes nothing.
        #expect(driver.send(.pull("gemma3-270m", .finished)).isEmpty)
    }

    @Test func aPullThatFailsSaysWhy() {
        var driver = opened(pane: 0)
        driver.press(.character("j"), .enter)
        driver.send(.pull("gemma3-270m", .failed("the disk is full: 253 MB are needed, 12 MB are free")))
        #expect(render(driver.state).text().contains("the disk is full: 253 MB are needed"))
        #expect(driver.press(.enter) == [.pull("gemma3-270m")])
    }

    @Test func modelsThatCannotBeListedAreAnErrorInTheDialog() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(2))
        #expect(render(driver.state).text().contains("looking for models…"))
        driver.send(.modelsUnlisted("catalog.yaml: models[2].bytes: expected a number, found \"big\""))
        #expect(render(driver.state).text().contains("catalog.yaml: models[2].bytes"))
        driver.press(.enter, .character("x"), .down)
        driver.send(.modelsListed([]))
        #expect(render(driver.state).text().contains("no models found"))
    }

    @Test func figuresOfAnEarlierModelAreNotTakenForTheNewOnes() {
        var driver = PlaygroundSample.finished()
        driver.send(.modelsListed(PlaygroundSample.listings))
        #expect(render(driver.state).text().contains("faster to first token"))
        driver.press(.function(2), .tab, .character("g"), .enter)
        #expect(driver.state.panes[1].metrics == nil)
        driver.send(.load(driver.loads[driver.loads.count - 1].id, .ready(PlaygroundSample.smallProfile, nil)))
        #expect(driver.state.panes[1].metrics?.timeToFirstToken == nil)
        #expect(driver.state.panes[1].metrics?.loadDuration == PlaygroundSample.smallProfile.loadDuration)
        #expect(!render(driver.state).text().contains("faster to first token"))
        driver.press(.enter)
        driver.chat(0, .finished(.stop, at: .milliseconds(1)))
        driver.chat(1, .token(ChatToken(text: "x", at: .milliseconds(7))))
        #expect(driver.state.panes[1].metrics?.timeToFirstToken == .milliseconds(7))
        #expect(render(driver.state).text().contains("now smollm2-135m-instruct"))
    }

    private let progress = PullProgress(
        received: 126_556_512, total: 253_113_024, bytesPerSecond: 12_100_000, timeLeft: .milliseconds(10_460))

    private func opened(pane: Int) -> PlaygroundDriver {
        var driver = PlaygroundSample.ready()
        driver.send(.modelsListed(PlaygroundSample.listings))
        for _ in 0..<pane + 1 { driver.press(.tab) }
        driver.press(.function(2))
        return driver
    }
}
