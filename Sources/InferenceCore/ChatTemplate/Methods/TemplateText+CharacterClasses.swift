/// Python's classes of code points.
extension UInt32 {
    private var properties: Unicode.Scalar.Properties? {
        Unicode.Scalar(self)?.properties
    }

    /// `str.isalpha`
    var isPythonLetter: Bool {
        switch properties?.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// `str.isdecimal`
    var isPythonDecimal: Bool {
        properties?.numericType == .decimal
    }

    /// `str.isdigit`
    var isPythonDigit: Bool {
        properties?.numericType == .decimal || properties?.numericType == .digit
    }

    /// `str.isnumeric`
    var isPythonNumeric: Bool {
        properties?.numericType != nil
    }

    /// What a name may begin with.
    var isPythonNameStart: Bool {
        self == 0x5F || properties?.isXIDStart ?? false
    }

    /// What a name may go on with.
    var isPythonNameContinuation: Bool {
        properties?.isXIDContinue ?? false
    }

    /// `\w` of Python's regular expressions.
    var isPythonWord: Bool {
        self == 0x5F || isPythonLetter || isPythonNumeric
    }
}
