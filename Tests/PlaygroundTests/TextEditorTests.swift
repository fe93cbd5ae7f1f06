import Testing

@testable import Playground

/// Texts are written with the cursor as "|".
@Suite struct TextEditorTests {
    private static let cases: [(String, TextEditor.Command, String)] = [
        ("ab|", .left, "a|b"), ("|ab", .left, "|ab"), ("a|b", .right, "ab|"), ("ab|", .right, "ab|"),
        ("one two|", .wordLeft, "one |two"), ("one, |two", .wordLeft, "|one, two"),
        ("|one two", .wordRight, "one| two"), ("one| two", .wordRight, "one two|"), ("one |", .wordRight, "one |"),
        ("a\nbc|d", .lineStart, "a\n|bcd"), ("a|b\nc", .lineEnd, "ab|\nc"), ("|", .lineStart, "|"),
        ("ab|", .deleteBackward, "a|"), ("|ab", .deleteBackward, "|ab"), ("a|b", .deleteForward, "a|"),
        ("ab|", .deleteForward, "ab|"), ("x\nab|c", .killToLineStart, "x\n|c"),
        ("a|bc\nd", .killToLineEnd, "a|\nd"), ("a|\nd", .killToLineEnd, "a|d"),
        ("one two|", .killWordBackward, "one |"), ("one  |two", .killWordBackward, "|two"),
        ("one| two", .killWordForward, "one|"), ("a|b", .newLine, "a\n|b"),
        // Wide characters and clusters of several scalars are one step each.
        ("日本|", .left, "日|本"), ("日本|", .deleteBackward, "日|"), ("日本語 文|", .wordLeft, "日本語 |文"),
        ("a👩‍👩‍👧|", .deleteBackward, "a|"), ("a👩‍👩‍👧|b", .left, "a|👩‍👩‍👧b"), ("🇩🇪|🇫🇷", .right, "🇩🇪🇫🇷|"),
        ("e\u{301}|", .deleteBackward, "|"), ("|👍🏽!", .deleteForward, "|!"),
    ]

    @Test(arguments: cases)
    func performs(_ before: String, _ command: TextEditor.Command, _ after: String) {
        var editor = editor(before)
        editor.perform(command, columns: 40)
        #expect(marked(editor) == after)
    }

    @Test func yankPutsBackWhatWasCutLast() {
        var editor = editor("one two|")
        editor.perform(.killWordBackward, columns: 40)
        editor.perform(.lineStart, columns: 40)
        editor.perform(.yank, columns: 40)
        #expect(marked(editor) == "two|one ")
        editor.perform(.yank, columns: 40)
        #expect(marked(editor) == "twotwo|one ")
    }

    @Test func cuttingNothingKeepsWhatWasCut() {
        var editor = editor("word|")
        editor.perform(.killToLineStart, columns: 40)
        editor.perform(.killToLineStart, columns: 40)
        editor.perform(.yank, columns: 40)
        #expect(marked(editor) == "word|")
    }

    @Test func insertsLineBreaksAsLineFeeds() {
        var editor = editor("a|d")
        editor.insert("b\r\nc\r")
        #expect(marked(editor) == "ab\nc\n|d")
        #expect(TextEditor("x\r\ny").text == "x\ny")
    }

    @Test func aCombiningMarkJoinsTheCharacterBeforeIt() {
        var editor = editor("e|x")
        editor.insert("\u{301}")
        #expect(editor.characters.count == 2)
        #expect(marked(editor) == "e\u{301}|x")
    }

    @Test func partsThatJoinWhenWhatWasBetweenIsDeletedStayInRange() {
        // Two regional indicators next to each other are one flag.
        var editor = TextEditor("\u{1F1E9}x\u{1F1EA}")
        editor.perform(.left, columns: 40)
        editor.perform(.deleteBackward, columns: 40)
        #expect(editor.text == "\u{1F1E9}\u{1F1EA}")
        #expect(editor.characters.count == 1)
        #expect(editor.cursor == 1)
        editor.insert("a")
        #expect(editor.text == "\u{1F1E9}\u{1F1EA}a")
    }

    @Test func upAndDownKeepTheColumn() {
        var editor = editor("abcdef\nx\nabcd|ef")
        editor.perform(.up, columns: 40)
        #expect(marked(editor) == "abcdef\nx|\nabcdef")
        editor.perform(.up, columns: 40)
        #expect(marked(editor) == "abcd|ef\nx\nabcdef")
        editor.perform(.up, columns: 40)
        #expect(marked(editor) == "abcd|ef\nx\nabcdef")
        editor.perform(.down, columns: 40)
        editor.perform(.down, columns: 40)
        #expect(marked(editor) == "abcdef\nx\nabcd|ef")
    }

    @Test func upAndDownGoByRowsAsShown() {
        // In 7 columns the rows are "one ", "three ", "five".
        var editor = editor("one three fi|ve")
        editor.perform(.up, columns: 7)
        #expect(marked(editor) == "one th|ree five")
        editor.perform(.up, columns: 7)
        #expect(marked(editor) == "on|e three five")
    }

    @Test func upAndDownGoByColumnsOfWideCharacters() {
        var editor = editor("日本語\nabcd|")
        editor.perform(.up, columns: 40)
        #expect(marked(editor) == "日本|語\nabcd")
    }

    private func editor(_ marked: String) -> TextEditor {
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        var editor = TextEditor(parts[0] + parts[1])
        while editor.cursor > parts[0].count { editor.perform(.left, columns: 40) }
        return editor
    }

    private func marked(_ editor: TextEditor) -> String {
        String(editor.characters[..<editor.cursor]) + "|" + String(editor.characters[editor.cursor...])
    }
}
