import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct KeymapTests {
    @Test(arguments: KeyContext.allCases) func noKeyIsBoundTwiceInAContext(_ context: KeyContext) {
        let keys = Keymap.standard.bindings.filter { $0.context == context }.flatMap(\.keys)
        #expect(!keys.isEmpty)
        #expect(Set(keys).count == keys.count)
    }

    @Test func keysThatTerminalsCannotTellApartAreNotBound() {
        let keys = Keymap.standard.bindings.flatMap(\.keys)
        for letter: Character in ["m", "i", "h"] { #expect(!keys.contains(.control(letter))) }
        // Flow control stops the terminal itself.
        for letter: Character in ["s", "q"] { #expect(!keys.contains(.control(letter))) }
    }

    @Test func theAgreedKeysAreThere() {
        let everywhere: [(Key, Action)] = [
            (.function(1), .help), (.control("o"), .palette), (.escape, .cancel), (.control("c"), .interrupt),
            (.control("z"), .suspend), (.control("l"), .redraw), (.tab, .focusNext),
        ]
        for (key, action) in everywhere { #expect(Keymap.standard.action(for: key, in: [.everywhere]) == action) }
        let prompt: [KeyContext] = [.prompt, .editing, .everywhere]
        #expect(Keymap.standard.action(for: .enter, in: prompt) == .send)
        #expect(Keymap.standard.action(for: .control("j"), in: prompt) == .edit(.newLine))
        #expect(Keymap.standard.action(for: .altEnter, in: prompt) == .edit(.newLine))
        #expect(Keymap.standard.action(for: .control("d"), in: prompt) == .deleteOrExit)
        for key in "abefukwyd" { #expect(Keymap.standard.action(for: .control(key), in: prompt) != nil) }
        for key in "bfd" { #expect(Keymap.standard.action(for: .alt(key), in: prompt) != nil) }
        // Question marks are text in the prompt, and help outside it.
        #expect(Keymap.standard.action(for: .character("?"), in: prompt) == nil)
        #expect(Keymap.standard.action(for: .character("?"), in: [.list, .outsideText]) == .help)
    }

    @Test func everyFunctionKeyHasAnotherKeyBesideIt() {
        for binding in Keymap.standard.bindings where binding.action != .help {
            let isFunction = binding.keys.contains { if case .function = $0 { true } else { false } }
            if isFunction { #expect(binding.keys.count > 1, "\(binding.title)") }
        }
    }

    @Test func everyBindingIsInTheHelpAndInTheTable() {
        let help = PlaygroundSample.ready().state.helpPage(columns: 200).map { line in line.map(\.text).joined() }
        let table = Keymap.standard.markdownTable()
        for binding in Keymap.standard.bindings {
            #expect(help.contains { $0.contains(binding.keyNames) && $0.contains(binding.title) }, "\(binding.title)")
            for key in binding.keys { #expect(table.contains("`\(key.name)`")) }
            #expect(table.contains("| \(binding.title) |"))
        }
        #expect(table.split(separator: "\n").count == Keymap.standard.bindings.count + 2)
        #expect(!table.contains("||"))
    }

    @Test func keysCanBeGivenToOtherActions() throws {
        let keymap = try Keymap.standard.remapped(["help": [.control("v")], "send": [.control("s"), .enter]])
        #expect(keymap.action(for: .control("v"), in: [.everywhere]) == .help)
        #expect(keymap.action(for: .function(1), in: [.everywhere]) == nil)
        #expect(keymap.action(for: .control("s"), in: [.prompt]) == .send)
        // F6 still opens the themes, whose other key is gone.
        #expect(keymap.firstKey(of: .themes) == "F6")
        #expect(throws: KeymapError.self) { try Keymap.standard.remapped(["jump": [.enter]]) }
    }

    @Test func hintsNameTheKeysAsTheyAre() throws {
        let keys: [String: [Key]] = [
            "vote.tie": [.character("z")], "branch": [.control("b")], "cancel": [.control("q")], "copyAnswer": [],
        ]
        var driver = PlaygroundSample.finished(size: Size(columns: 140, rows: 30))
        driver.state.keymap = try Keymap.standard.remapped(keys)
        driver.press(.tab)
        #expect(!render(driver.state).text().contains("copy"))
        driver.press(.character("i"))
        #expect(render(driver.state).text().contains("Ctrl+B branch"))
        #expect(render(driver.state).text().contains("Ctrl+Q close"))
        driver.press(.control("q"), .alt("n"), .enter, .control("u"))
        driver.enter("hi")
        driver.answer(0, "a")
        driver.answer(1, "b")
        #expect(render(driver.state).text().contains("z tie"))
    }

    @Test func everyActionHasANameOfItsOwnInItsContext() {
        for context in KeyContext.allCases {
            let names = Keymap.standard.bindings.filter { $0.context == context }.map(\.action.name)
            #expect(Set(names).count == names.count)
        }
    }
}
