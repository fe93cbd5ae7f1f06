/// The classes of ECMAScript's regular expressions.
extension ScalarSet {
    static let digits = ScalarSet([0x30...0x39])
    static let wordCharacters = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let lineTerminators = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
    /// ECMAScript's WhiteSpace and LineTerminator.
    static let whitespace = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])

    /// The one scalar of the set, if it has just one.
    var single: UInt32? {
        guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
        return ranges[0].lowerBound
    }

    /// The scalars of a general category, by its short or long name, such as "Lu", "L", "Letter" or "Nd"; also
    /// "ASCII" and "Any". Nil for other names.
    init?(property: String) {
        var name = property
        for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
        switch name {
        case "Any": self = .all
        case "ASCII": self = ScalarSet([0...0x7F])
        default:
            guard let short = Self.categories.first(where: { $0.short == name || $0.long.contains(name) })?.short else {
                return nil
            }
            self.init(categories: short)
        }
    }

    private init(categories prefix: String) {
        self.init(Self.byCategory.filter { $0.key.hasPrefix(prefix) }.flatMap(\.value))
    }

    /// The scalars of each general category by its two-letter name: found once, since there are a million to ask.
    private static let byCategory: [String: [ClosedRange<UInt32>]] = {
        var found: [String: [ClosedRange<UInt32>]] = [:]
        var run: (name: String, start: UInt32)?
        for value: UInt32 in 0...0x110000 {
            let name = Unicode.Scalar(value)?.properties.generalCategory.short
            if let open = run, open.name != name {
                found[open.name, default: []].append(open.start...value - 1)
                run = nil
            }
            if run == nil, let name { run = (name, value) }
        }
        return found
    }()

    private static let categories: [(short: String, long: [String])] = [
        ("L", ["Letter"]), ("Lu", ["Uppercase_Letter"]), ("Ll", ["Lowercase_Letter"]), ("Lt", ["Titlecase_Letter"]),
        ("Lm", ["Modifier_Letter"]), ("Lo", ["Other_Letter"]), ("M", ["Mark", "Combining_Mark"]),
        ("Mn", ["Nonspacing_Mark"]), ("Mc", ["Spacing_Mark"]), ("Me", ["Enclosing_Mark"]), ("N", ["Number"]),
        ("Nd", ["Decimal_Number", "digit"]), ("Nl", ["Letter_Number"]), ("No", ["Other_Number"]),
        ("P", ["Punctuation", "punct"]), ("Pc", ["Connector_Punctuation"]), ("Pd", ["Dash_Punctuation"]),
        ("Ps", ["Open_Punctuation"]), ("Pe", ["Close_Punctuation"]), ("Pi", ["Initial_Punctuation"]),
        ("Pf", ["Final_Punctuation"]), ("Po", ["Other_Punctuation"]), ("S", ["Symbol"]), ("Sm", ["Math_Symbol"]),
        ("Sc", ["Currency_Symbol"]), ("Sk", ["Modifier_Symbol"]), ("So", ["Other_Symbol"]), ("Z", ["Separator"]),
        ("Zs", ["Space_Separator"]), ("Zl", ["Line_Separator"]), ("Zp", ["Paragraph_Separator"]), ("C", ["Other"]),
        ("Cc", ["Control", "cntrl"]), ("Cf", ["Format"]), ("Cn", ["Unassigned"]), ("Co", ["Private_Use"]),
    ]
}

extension Unicode.GeneralCategory {
    /// Its two-letter name.
    fileprivate var short: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
