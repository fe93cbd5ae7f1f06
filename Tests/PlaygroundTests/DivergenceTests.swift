import Chat
import Foundation
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct DivergenceTests {
    @Test func theFirstTokenThatDiffersIsFoundWithTheOthersRank() throws {
        let divergence = try #require(
            between([.chosen("The", 0.9), .chosen(" sky", 0.5, over: (" air", 0.4), (" sun", 0.1))], ["The", " sun"]))
        #expect(divergence.token == 1)
        #expect(divergence.other == .ranked(text: " sun", rank: 3, logprob: log(0.1)))
        #expect(!divergence.isNearTie)
        #expect(divergence.sentence == "parts at \" sky\" 50 %; the other's \" sun\" ranks 3rd here, 10 %")
    }

    @Test func aNearTieIsNamedAsOne() throws {
        let divergence = try #require(between([.chosen(" sky", 0.5, over: (" air", 0.4))], [" air"]))
        #expect(divergence.isNearTie)
        #expect(divergence.sentence.hasSuffix("40 %: a near-tie"))
        #expect(divergence.briefSentence == "\" sky\" 50 % ≈ near-tie \" air\" 2nd 40 %")
    }

    /// The gap is that of log-probabilities: 0.5 nats are a factor of 1.65.
    @Test(arguments: [(0.6, 0.37, true), (0.6, 0.36, false), (0.02, 0.013, true)])
    func nearTiesAreAboutRatios(_ chosen: Double, _ other: Double, _ isNear: Bool) {
        #expect(between([.chosen("a", chosen, over: ("b", other))], ["b"])?.isNearTie == isNear)
    }

    @Test func whiteSpaceAtTheBeginningIsAHabitAndNoDifference() throws {
        #expect(between([.chosen(" The", 0.9)], ["The"]) == nil)
        #expect(between([.chosen("\n\n", 0.9), .chosen("The", 0.9)], ["The"]) == nil)
        // Nor is it one of the alternatives at the first word.
        let divergence = try #require(between([.chosen(" The", 0.5, over: (" A", 0.4))], ["A"]))
        #expect(divergence.token == 0)
        #expect(divergence.other == .ranked(text: " A", rank: 2, logprob: log(0.4)))
    }

    @Test func whiteSpaceLaterIsADifference() {
        #expect(between([.chosen("a", 0.9), .chosen("  b", 0.5)], ["a", " b"])?.token == 1)
    }

    @Test func anAnswerThatEndedFirstSaysWhatTheOtherGoesOnWith() throws {
        let ended = try #require(between([.chosen("Yes", 0.9)], ["Yes", " indeed", " so"]))
        #expect(ended.token == nil)
        #expect(ended.sentence == "ends where the other answer goes on with \" indeed\"")
        let goesOn = try #require(between([.chosen("Yes", 0.9), .chosen(", indeed", 0.3)], ["Yes"]))
        #expect(goesOn.token == 1)
        #expect(goesOn.other == .ended)
        #expect(goesOn.sentence == "parts at \", indeed\" 30 %, where the other answer ends")
    }

    @Test func answersThatStillComeMayYetAgree() {
        let one = tokens([.chosen("Yes", 0.9)])
        let two = tokens([.chosen("Yes", 0.9), .chosen(".", 0.9)])
        #expect(Divergence(of: one, from: two, isOpen: true, isOtherOpen: false) == nil)
        #expect(Divergence(of: two, from: one, isOpen: false, isOtherOpen: true) == nil)
        #expect(Divergence(of: one, from: two, isOpen: false, isOtherOpen: true)?.token == nil)
        #expect(Divergence(of: one, from: two, isOpen: false, isOtherOpen: true) != nil)
        #expect(Divergence(of: one, from: one, isOpen: false, isOtherOpen: false) == nil)
        let empty = AnswerTokens()
        #expect(Divergence(of: empty, from: one, isOpen: true, isOtherOpen: true) == nil)
        #expect(Divergence(of: one, from: empty, isOpen: true, isOtherOpen: true) == nil)
    }

    /// Texts that begin alike may be divided differently: the choice is named from where this token begins.
    @Test func tokensNeedNotBeginAtTheSamePlace() throws {
        let divergence = try #require(
            between([.chosen("un", 0.9), .chosen("likely", 0.6, over: ("lik", 0.2), ("like", 0.1))], ["unlike", "d"]))
        #expect(divergence.token == 1)
        // The longest alternative that the other text begins with.
        #expect(divergence.other == .ranked(text: "like", rank: 3, logprob: log(0.1)))
    }

    /// é and è share their first byte.
    @Test func charactersOfSeveralBytesStayWhole() throws {
        let divergence = try #require(between([.chosen("caf", 0.9), .chosen("é", 0.5)], ["caf", "è", " noir"]))
        #expect(divergence.token == 1)
        #expect(divergence.other == .beyond(text: "è", count: 1, logprob: log(0.5)))
        let emoji = try #require(between([.chosen("👩‍🚀", 0.5, over: ("👩‍🚒", 0.4))], ["👩‍🚒"]))
        #expect(emoji.other == .ranked(text: "👩‍🚒", rank: 2, logprob: log(0.4)))
    }

    @Test func aChoiceBeyondTheAlternativesIsBelowTheLastOfThem() throws {
        let divergence = try #require(between([.chosen("a", 0.6, over: ("b", 0.3), ("c", 0.02))], ["zebra crossing"]))
        #expect(divergence.other == .beyond(text: "zebra", count: 3, logprob: log(0.02)))
        #expect(divergence.sentence.contains("not among the 3 likeliest here, below 2.0 %"))
        #expect(!divergence.isNearTie)
    }

    @Test func withoutAlternativesTheOthersTextIsTold() throws {
        let plain = ChatToken(text: "a", at: .zero)
        let divergence = try #require(between([plain], ["b c"]))
        #expect(divergence.other == .unknown(text: "b"))
        #expect(divergence.sentence == "parts at \"a\"; the other's is \"b\"")
    }

    @Test func eachPaneIsComparedWithTheFirstOneAndTheFirstWithTheSecond() {
        var driver = PlaygroundSample.ready()
        driver.enter("/add third")
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile, PlaygroundSample.baseProfile)
        driver.enter("hi")
        driver.answer(0, "a", " b", " c")
        driver.answer(1, "a", " b", " d")
        driver.answer(2, "x")
        #expect(driver.state.divergences.map { $0?.token } == [2, 2, 0])
        let text = render(driver.state).text()
        #expect(text.contains("≠ "))
    }

    @Test func answersToDifferentPromptsAreNotCompared() {
        var driver = PlaygroundSample.ready()
        driver.enter("one")
        driver.answer(0, "a")
        driver.answer(1, "b")
        driver.enter("/add third")
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile, PlaygroundSample.baseProfile)
        #expect(driver.state.divergences.map { $0 != nil } == [true, true, false])
    }

    @Test func theTokenAtWhichTheyPartIsMarked() {
        var driver = PlaygroundSample.ready()
        driver.enter("hi")
        driver.answer(0, "same", " left")
        driver.answer(1, "same", " right")
        let frame = render(driver.state)
        let marked = (0..<24).map { row in
            String(frame.cells(row: row).filter { $0.role == .divergence }.map(\.glyph))
        }.filter { !$0.isEmpty }
        #expect(marked == [" left right"])
    }

    private func between(_ answer: [ChatToken], _ other: [String]) -> Divergence? {
        Divergence(
            of: tokens(answer), from: tokens(other.map { ChatToken(text: $0, at: .zero) }), isOpen: false,
            isOtherOpen: false)
    }

    private func tokens(_ list: [ChatToken]) -> AnswerTokens {
        var answer = AnswerTokens()
        for token in list { answer.append(token) }
        return answer
    }
}
