/// The key-value pairs of a GGUF file.
///
/// The accessors named after a type throw where the key is absent; those that end in `IfPresent` return nil then.
/// Both throw where the value has another type.
public struct GGUFMetadata: Sendable {
    /// The file's path, for errors.
    let path: String
    /// In the file's order.
    public private(set) var keys: [String] = []
    private var values: [String: GGUFValue] = [:]

    init(path: String) {
        self.path = path
    }

    public var count: Int { keys.count }

    public subscript(key: String) -> GGUFValue? { values[key] }

    /// Adds a pair; false if the key is there already.
    mutating func append(_ value: GGUFValue, key: String) -> Bool {
        guard values.updateValue(value, forKey: key) == nil else { return false }
        keys.append(key)
        return true
    }

    // MARK: Single values

    public func string(_ key: String) throws(GGUFError) -> String {
        try required(stringIfPresent(key), key, "a string")
    }

    public func stringIfPresent(_ key: String) throws(GGUFError) -> String? {
        try value(key, "a string") { value in
            guard case .string(let string) = value else { return nil }
            return string.text
        }
    }

    /// A value of any integer type, as long as it fits.
    public func integer(_ key: String) throws(GGUFError) -> Int {
        try required(integerIfPresent(key), key, "an integer")
    }

    public func integerIfPresent(_ key: String) throws(GGUFError) -> Int? {
        try value(key, "an integer of at most 63 bits") { $0.integer }
    }

    /// A value of type float32 or float64.
    public func float(_ key: String) throws(GGUFError) -> Float {
        try required(floatIfPresent(key), key, "a float")
    }

    public func floatIfPresent(_ key: String) throws(GGUFError) -> Float? {
        try value(key, "a float") { value in
            switch value {
            case .float32(let number): number
            case .float64(let number): Float(number)
            default: nil
            }
        }
    }

    public func bool(_ key: String) throws(GGUFError) -> Bool {
        try required(boolIfPresent(key), key, "a bool")
    }

    public func boolIfPresent(_ key: String) throws(GGUFError) -> Bool? {
        try value(key, "a bool") { value in
            guard case .bool(let bool) = value else { return nil }
            return bool
        }
    }

    // MARK: Arrays

    public func strings(_ key: String) throws(GGUFError) -> GGUFStrings {
        try required(stringsIfPresent(key), key, "an array of strings")
    }

    public func stringsIfPresent(_ key: String) throws(GGUFError) -> GGUFStrings? {
        try value(key, "an array of strings") { $0.array?.strings }
    }

    public func floats(_ key: String) throws(GGUFError) -> [Float] {
        try required(floatsIfPresent(key), key, "an array of floats")
    }

    public func floatsIfPresent(_ key: String) throws(GGUFError) -> [Float]? {
        try value(key, "an array of floats") { $0.array?.floats }
    }

    /// An array of any integer type, as long as its elements fit.
    public func integers(_ key: String) throws(GGUFError) -> [Int] {
        try required(integersIfPresent(key), key, "an array of integers")
    }

    public func integersIfPresent(_ key: String) throws(GGUFError) -> [Int]? {
        try value(key, "an array of integers of at most 63 bits") { $0.array?.integers }
    }

    // MARK: Errors

    private func required<Value>(_ value: Value?, _ key: String, _ expected: String) throws(GGUFError) -> Value {
        guard let value else {
            throw GGUFError(
                .missing, path: path, field: "key \(key)", expected: expected, found: "no such key",
                remedy: "use a file written by a current converter")
        }
        return value
    }

    private func value<Value>(
        _ key: String, _ expected: String, _ convert: (GGUFValue) -> Value?
    ) throws(GGUFError) -> Value? {
        guard let value = values[key] else { return nil }
        guard let converted = convert(value) else {
            throw GGUFError(
                .wrongType, path: path, field: "key \(key)", expected: expected, found: value.summary(limit: 60),
                remedy: "use a file written by a current converter")
        }
        return converted
    }
}
