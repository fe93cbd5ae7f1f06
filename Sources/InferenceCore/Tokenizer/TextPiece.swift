/// A stretch of a text: still to be encoded, or a special token.
enum TextPiece: Equatable {
    case text(Range<Int>)
    case token(TokenID)
}
