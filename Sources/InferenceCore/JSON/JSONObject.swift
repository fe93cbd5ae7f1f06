/// The members of a JSON object, in their order, found by name in constant time.
///
/// A name that is set again keeps its place and takes the new value, as in a Python dictionary.
public struct JSONObject: Sendable {
    /// A name by its bytes: Swift's own string equality would merge canonically equivalent names.
    private struct ExactName: Hashable {
        let name: String

        static func == (left: ExactName, right: ExactName) -> Bool {
            left.name.utf8.elementsEqual(right.name.utf8)
        }

        func hash(into hasher: inout Hasher) {
            var name = name
            name.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    /// One name and its value.
    public struct Member: Sendable, Equatable {
        public let name: String
        public internal(set) var value: JSONValue

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }

        public static func == (left: Member, right: Member) -> Bool {
            left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
        }
    }

    /// The members in their order.
    public private(set) var members: [Member] = []
    private var positions: [ExactName: Int] = [:]

    public init() {}

    /// Sets the members one after another: of equal names the last value wins, in the place of the first.
    public init(_ members: [(String, JSONValue)]) {
        for (name, value) in members { self[name] = value }
    }

    /// The value called `name`. Setting nil removes the member, in time proportional to the number of members.
    public subscript(name: String) -> JSONValue? {
        get {
            positions[ExactName(name: name)].map { members[$0].value }
        }
        set {
            let key = ExactName(name: name)
            switch (positions[key], newValue) {
            case (let position?, let value?):
                members[position].value = value
            case (nil, let value?):
                positions[key] = members.count
                members.append(Member(name: name, value: value))
            case (let position?, nil):
                members.remove(at: position)
                positions[key] = nil
                for later in position..<members.count { positions[ExactName(name: members[later].name)] = later }
            case (nil, nil):
                break
            }
        }
    }
}

extension JSONObject: Equatable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members == right.members
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { members.startIndex }
    public var endIndex: Int { members.endIndex }
    public subscript(position: Int) -> Member { members[position] }
}
