/// BERT's words and their pieces: the longest piece that the rest of a word begins with, again and again; a word for
/// which that leads nowhere is unknown as a whole.
///
/// Pieces that begin a word are written with a space mark before them, those that go on with one without.
///
/// Source: Devlin et al., "BERT" (2018), tokenization.py; `tokenizers`' BertPreTokenizer and WordPiece.
struct WordPiece: Sendable {
    private let trie: PieceTrie
    /// Where the pieces that begin a word branch off.
    private let beginning: Int32?
    private let unknown: TokenID
    private let longestWord: Int

    /// - Parameter longestWord: words of more characters are unknown.
    init(_ vocabulary: Vocabulary, longestWord: Int) {
        let attributes = vocabulary.attributes
        trie = PieceTrie(vocabulary.strings) { attributes[$0].contains(.normal) && !attributes[$0].isSpecial }
        var node: Int32? = PieceTrie.root
        for byte in SpaceMark.utf8 { node = node.flatMap { [trie] in trie.child(of: $0, byte) } }
        beginning = node
        unknown = vocabulary.special.unknown ?? -1
        self.longestWord = longestWord
    }

    func encode(_ pieces: [TextPiece], of text: UnsafeRawBufferPointer, into output: inout [TokenID]) {
        let scanner = TextScanner(bytes: text)
        var cache = WordCache(textCount: text.count)
        for piece in pieces {
            switch piece {
            case .token(let token): output.append(token)
            case .text(let range):
                Self.forEachWord(in: range, of: scanner) { word in
                    cache.tokens(of: word, in: text, to: &output) { output in
                        encode(UnsafeRawBufferPointer(rebasing: text[word]), into: &output)
                    }
                }
            }
        }
    }

    /// Whitespace separates words, and each punctuation character is one.
    @inline(__always)
    private static func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        var position = start
        while position < range.upperBound {
            let (scalar, end) = text.scalar(at: position, limit: range.upperBound)
            let kind: CharacterClass = scalar == TextScanner.noScalar ? .unassigned : text.classes[scalar]
            let isPunctuation = UnicodeCategories8.isPunctuation(scalar, kind)
            if isPunctuation || kind == .whitespace {
                if start < position { body(start..<position) }
                if isPunctuation { body(position..<end) }
                start = end
            }
            position = end
        }
        if start < range.upperBound { body(start..<range.upperBound) }
    }

    private func encode(_ word: UnsafeRawBufferPointer, into output: inout [TokenID]) {
        let before = output.count
        if let beginning, hasCharacters(word, atMost: longestWord),
            encode(word, from: beginning, into: &output)
        {
            return
        }
        output.removeLast(output.count - before)
        if unknown >= 0 { output.append(unknown) }
    }

    private func encode(
        _ word: UnsafeRawBufferPointer, from beginning: Int32, into output: inout [TokenID]
    ) -> Bool {
        var start = 0
        while start < word.count {
            var node = start == 0 ? beginning : PieceTrie.root
            var longest: (token: TokenID, end: Int)?
            var end = start
            while end < word.count, let child = trie.child(of: node, word[end]) {
                node = child
                end += 1
                if let token = trie.token(at: node) { longest = (token, end) }
            }
            guard let longest else { return false }
            output.append(longest.token)
            start = longest.end
        }
        return true
    }

    private func hasCharacters(_ word: UnsafeRawBufferPointer, atMost count: Int) -> Bool {
        if word.count <= count { return true }
        var characters = 0
        for byte in word where !UTF8Sequence.isContinuation(byte) { characters += 1 }
        return characters <= count
    }
}
