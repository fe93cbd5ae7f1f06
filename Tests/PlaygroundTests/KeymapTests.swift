import Screen
import Testing

@testable import Playground

@Suite struct KeymapTests {
    @Test(arguments: KeyContext.allCases) func noKeyIsBoundTwiceInAContext(_ context: KeyContext) {
        let keys = Keymap.bindings.filter { $0.context == context }.flatMap(\.keys)
        #expect(!keys.isEmpty)
        #expect(Set(keys).count == keys.count)
    }

    @Test func keysThatTerminalsCannotTellApartAreNotBound() {
        let keys = Keymap.bindings.flatMap(\.keys)
        for letter: Character in ["m", "i", "h"] { #expect(!keys.contains(.control(letter))) }
        // Flow control stops the terminal itself.
        for letter: Character in ["s", "q"] { #expect(!keys.contains(.control(letter))) }
    }

    @Test func theAgreedKeysAreThere() {
        let everywhere: [(Key, Action)] = [
            (.function(1), .help), (.control("o"), .palette), (.escape, .cancel), (.control("c"), .interrupt),
            (.control("z"), .suspend), (.control("l"), .redraw), (.tab, .focusNext),
        ]
        for (key, action) in everywhere { #expect(Keymap.action(for: key, in: [.everywhere]) == action) }
        let prompt: [KeyContext] = [.prompt, .editing, .everywhere]
        #expect(Keymap.action(for: .enter, in: prompt) == .send)
        #expect(Keymap.action(for: .control("j"), in: prompt) == .edit(.newLine))
        #expect(Keymap.action(for: .altEnter, in: prompt) == .edit(.newLine))
        #expect(Keymap.action(for: .control("d"), in: prompt) == .deleteOrExit)
        for key in "abefukwyd" { #expect(Keymap.action(for: .control(key), in: prompt) != nil) }
        for key in "bfd" { #expect(Keymap.action(for: .alt(key), in: prompt) != nil) }
        // Question marks are text in the prompt, and help outside it.
        #expect(Keymap.action(for: .character("?"), in: prompt) == nil)
        #expect(Keymap.action(for: .character("?"), in: [.list, .outsideText]) == .help)
    }

    @Test func everyFunctionKeyHasAnotherKeyBesideIt() {
        for binding in Keymap.bindings where binding.action != .help {
            let isFunction = binding.keys.contains { if case .function = $0 { true } else { false } }
            if isFunction { #expect(binding.keys.count > 1, "\(binding.title)") }
        }
    }

    @Test func everyBindingIsInTheHelpAndInTheTable() {
        let table = Keymap.markdownTable()
        for binding in Keymap.bindings {
            #expect(HelpPage.lines.contains(.binding(keys: binding.keyNames, title: binding.title)))
            for key in binding.keys { #expect(table.contains("`\(key.name)`")) }
            #expect(table.contains("| \(binding.title) |"))
        }
        #expect(table.split(separator: "\n").count == Keymap.bindings.count + 2)
        #expect(!table.contains("||"))
    }
}
