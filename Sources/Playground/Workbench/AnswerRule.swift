import Chat

/// What a pane's answers must be, and what that is called.
public struct AnswerRule: Sendable, Equatable {
    public var constraint: AnswerConstraint
    /// What an answer is then, such as "one of yes, no" or "JSON of invoice.json".
    public var title: String

    public init(_ constraint: AnswerConstraint, title: String) {
        self.constraint = constraint
        self.title = title
    }
}

/// A file that is being read because answers are to be held to it.
struct AwaitedRule: Sendable, Equatable {
    enum Kind: String, Sendable, Equatable {
        case schema, grammar
    }

    var kind: Kind
    var path: String
    var scope: Scope

    /// Whether this is the file, whose path may come back with the home directory in it.
    func isAbout(_ read: String) -> Bool {
        read == path || path.hasPrefix("~") && read.hasSuffix(path.dropFirst())
    }
}

/// A rule that holds as soon as it is known that answers can keep it.
struct CheckedRule: Sendable, Equatable {
    var rule: AnswerRule
    var scope: Scope
}

extension State {
    /// Does what stands behind `/constrain`.
    mutating func constrain(_ arguments: CommandArguments) throws(CommandProblem) -> [Effect] {
        let scope = arguments.scope(in: self)
        let kind = arguments.text.prefix { !$0.isWhitespace }
        let rest = arguments.text.dropFirst(kind.count).withoutOuterBlanks
        switch kind {
        case "": tellOfRules()
        case "off", "none": setRule(nil, for: scope)
        case "json": setRule(AnswerRule(.jsonObject, title: "any JSON object"), for: scope)
        case "choices":
            let choices = WorkflowField.parts(of: rest)
            guard choices.count > 1, !choices.contains(""), Set(choices).count == choices.count else {
                throw CommandProblem("Which? Different texts with commas between them, such as yes,no.")
            }
            setRule(AnswerRule(.choices(choices), title: "one of \(choices.joined(separator: ", "))"), for: scope)
        case "regex":
            guard !rest.isEmpty else { throw CommandProblem("Which expression? Such as [0-9]{4}-[0-9]{2}.") }
            return check(AnswerRule(.regularExpression(rest), title: "a text that matches \(rest)"), for: scope)
        case "schema", "grammar":
            guard !rest.isEmpty, let kind = AwaitedRule.Kind(rawValue: String(kind)) else {
                throw CommandProblem("Which file?")
            }
            awaitedRule = AwaitedRule(kind: kind, path: rest, scope: scope)
            return [.readFile(rest)]
        default: throw CommandProblem("Answers can be held to \(Self.ruleKinds.joined(separator: ", ")).")
        }
        return []
    }

    static let ruleKinds = ["choices", "regex", "schema", "grammar", "json", "off"]

    /// Takes in the file that was asked for.
    mutating func take(rule awaited: AwaitedRule, _ outcome: Outcome<String>) -> [Effect] {
        awaitedRule = nil
        switch outcome {
        case .failure(let reason):
            tell(.failure, reason)
            return []
        case .success(let text):
            let name = awaited.path.split(separator: "/").last.map { String($0) } ?? awaited.path
            let rule: AnswerRule =
                switch awaited.kind {
                case .schema: AnswerRule(.jsonSchema(text), title: "JSON of \(name)")
                case .grammar: AnswerRule(.grammar(text), title: "a text of \(name)")
                }
            return check(rule, for: awaited.scope)
        }
    }

    /// Has a rule tried before anything is held to it. A server has its own way of reading one.
    private mutating func check(_ rule: AnswerRule, for scope: Scope) -> [Effect] {
        guard scope.indices(in: self).contains(where: { !isOnServer(panes[$0]) }) else {
            setRule(rule, for: scope)
            return []
        }
        checkedRule = CheckedRule(rule: rule, scope: scope)
        return [.check(rule.constraint)]
    }

    /// - Parameter fault: why no answer can keep the rule; nil where one can.
    mutating func take(checked constraint: AnswerConstraint, fault: String?) {
        guard let checked = checkedRule, checked.rule.constraint == constraint else { return }
        checkedRule = nil
        if let fault {
            tell(.failure, "Answers stay as they are, since none could be \(checked.rule.title): \(fault)")
        } else {
            setRule(checked.rule, for: checked.scope)
        }
    }

    private mutating func setRule(_ rule: AnswerRule?, for scope: Scope) {
        // No model is opened anew for this.
        _ = change(scope) { settings in settings.rule = rule }
        tell(
            .information,
            rule.map { "From the next prompt on, \(name(of: scope)) can only answer with \($0.title)." }
                ?? "From the next prompt on, \(name(of: scope)) can answer anything.")
    }

    private mutating func tellOfRules() {
        guard let text = ruleText else {
            return tell(.information, "Answers can be anything; /constrain choices yes,no would hold them to these.")
        }
        tell(.information, "Answers can only be \(text); /constrain off ends that.")
    }

    /// What answers are held to: of all panes, or of each that has a rule; nil where none has.
    var ruleText: String? {
        let rules = panes.map(\.settings.rule)
        guard let first = rules.compactMap({ $0 }).first else { return nil }
        if rules.allSatisfy({ $0 == first }) { return first.title }
        let named = rules.indices.compactMap { index in rules[index].map { "\(label(index)): \($0.title)" } }
        return named.joined(separator: "; ")
    }
}
