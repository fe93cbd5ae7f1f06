/// Remembers where a word has been encoded already, in this very text: words repeat.
///
/// An entry holds no copies, only where the word stands in the text and its tokens in the output; a newer word takes
/// the place of an older one with the same slot.
struct WordCache {
    private struct Entry {
        var word: Range<Int>
        var tokens: Range<Int>
    }

    private static let slotCount = 1 << 12
    /// Rare long words would only push the frequent short ones out.
    private static let longestWord = 32
    /// Below so many bytes of text, filling the cache costs more than it saves.
    private static let shortestText = 2048

    private var entries: [Entry]

    init(textCount: Int) {
        let count = textCount < Self.shortestText ? 0 : Self.slotCount
        entries = [Entry](repeating: Entry(word: 0..<0, tokens: 0..<0), count: count)
    }

    /// Appends the word's tokens to `output`: those it had before, or what `encode` appends.
    @inline(__always)
    mutating func tokens(
        of word: Range<Int>, in text: UnsafeRawBufferPointer, to output: inout [TokenID],
        encode: (inout [TokenID]) -> Void
    ) {
        guard !entries.isEmpty, word.count <= Self.longestWord else { return encode(&output) }
        let bytes = UnsafeRawBufferPointer(rebasing: text[word])
        let slot = Int(truncatingIfNeeded: ByteHash.hash(bytes, seed: 0)) & (Self.slotCount - 1)
        let entry = entries[slot]
        if entry.word.count == word.count, ByteHash.equal(text[entry.word], bytes) {
            for index in entry.tokens { output.append(output[index]) }
            return
        }
        let before = output.count
        encode(&output)
        entries[slot] = Entry(word: word, tokens: before..<output.count)
    }
}
