import EngineTestSupport

/// A grammar made at random, and a recogniser for it that knows nothing of automata: it tries all ways.
struct RandomGrammar {
    indirect enum Part {
        case text(String)
        case letters([Character])
        case sequence([Part])
        case choice([Part])
        case repeated(Part, Int, Int?)
        case rule(Int)
    }

    var rules: [Part] = []

    /// - Parameter isRegular: whether rules may only call later ones, so that the text is a regular language.
    init(seed: UInt64, isRegular: Bool = false) {
        var random = SeededGenerator(seed: seed)
        let count = 1 + Int(random.next() % 4)
        for rule in 0..<count {
            let callable = isRegular ? Array(rule + 1..<count) : Array(0..<count)
            rules.append(Self.part(&random, callable: callable, depth: 3))
        }
    }

    private static func part(_ random: inout SeededGenerator, callable: [Int], depth: Int) -> Part {
        func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        let words = ["a", "b", "ab", "é", " the", "hello", "", "\"", "\\"]
        switch pick(depth > 0 ? 10 : 3) {
        case 0: return .letters(Array(["abc", "aé", "xyz", " t"][pick(4)]))
        case 1, 2: return .text(words[pick(words.count)])
        case 3, 4:
            return .sequence((0..<1 + pick(3)).map { _ in part(&random, callable: callable, depth: depth - 1) })
        case 5, 6:
            return .choice((0..<1 + pick(3)).map { _ in part(&random, callable: callable, depth: depth - 1) })
        case 7:
            let least = pick(3)
            let most = [nil, least, least + 1 + pick(2)][pick(3)]
            return .repeated(part(&random, callable: callable, depth: depth - 1), least, most)
        default:
            return callable.isEmpty ? .text(words[pick(words.count)]) : .rule(callable[pick(callable.count)])
        }
    }

    /// In llama.cpp's notation.
    var source: String {
        rules.enumerated().map { "\(Self.name($0.offset)) ::= \(Self.written($0.element))" }.joined(separator: "\n")
    }

    private static func name(_ rule: Int) -> String { rule == 0 ? "root" : "rule-\(rule)" }

    private static func written(_ part: Part) -> String {
        switch part {
        case .text(let text):
            "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        case .letters(let letters): "[\(String(letters))]"
        case .sequence(let parts): "(" + parts.map(written).joined(separator: " ") + ")"
        case .choice(let parts): "(" + parts.map(written).joined(separator: " | ") + ")"
        case .repeated(let part, let least, let most):
            "(\(written(part))){\(least),\(most.map(String.init) ?? "")}"
        case .rule(let rule): name(rule)
        }
    }

    /// Whether the whole text is what the first rule reads.
    func reads(_ text: String) -> Bool {
        var recogniser = Recogniser(rules: rules, text: Array(text))
        return recogniser.ends(of: 0).contains(text.count)
    }

    /// Finds where each rule can end, for each place where it can begin, again and again until nothing is new.
    private struct Recogniser {
        private struct Key: Hashable {
            var rule: Int
            var start: Int
        }

        let rules: [Part]
        let text: [Character]
        private var known: [Key: Set<Int>] = [:]

        init(rules: [Part], text: [Character]) {
            (self.rules, self.text) = (rules, text)
        }

        mutating func ends(of start: Int) -> Set<Int> {
            var before = -1
            while known.values.reduce(known.count, { $0 + $1.count }) > before {
                before = known.values.reduce(known.count) { $0 + $1.count }
                for key in [Key(rule: 0, start: start)] + known.keys {
                    let found = ends(rules[key.rule], key.start)
                    known[key, default: []].formUnion(found)
                }
            }
            return known[Key(rule: 0, start: start)] ?? []
        }

        private mutating func ends(_ part: Part, _ start: Int) -> Set<Int> {
            switch part {
            case .text(let word): return text[start...].starts(with: word) ? [start + word.count] : []
            case .letters(let letters):
                return start < text.count && letters.contains(text[start]) ? [start + 1] : []
            case .sequence(let parts):
                return parts.reduce([start]) { places, part in
                    places.reduce(into: Set()) { $0.formUnion(ends(part, $1)) }
                }
            case .choice(let parts): return parts.reduce(into: Set()) { $0.formUnion(ends($1, start)) }
            case .repeated(let part, let least, let most):
                var places: Set = [start]
                for _ in 0..<least { places = places.reduce(into: Set()) { $0.formUnion(ends(part, $1)) } }
                var all = places
                for _ in least..<(most ?? least + text.count + 1) {
                    places = places.reduce(into: Set()) { $0.formUnion(ends(part, $1)) }.subtracting(all)
                    if places.isEmpty { break }
                    all.formUnion(places)
                }
                return all
            case .rule(let rule):
                let key = Key(rule: rule, start: start)
                if known[key] == nil { known[key] = [] }
                return known[key] ?? []
            }
        }
    }
}
