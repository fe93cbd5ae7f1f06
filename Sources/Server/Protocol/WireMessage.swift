import Chat

/// One message of a conversation, as a client sends it.
struct WireMessage: Decodable {
    var role: String
    var content: Content?

    /// A text, or parts of one.
    enum Content: Decodable {
        case text(String)
        case parts([Part])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .parts(try container.decode([Part].self))
            }
        }
    }

    struct Part: Decodable {
        var type: String
        var text: String?
    }
}

extension WireMessage {
    /// The message in Chat's words.
    /// - Parameter name: where in the request it stands.
    func message(named name: String) throws(APIError) -> Message {
        Message(role: try chatRole(named: name), content: try text(named: name))
    }

    private func chatRole(named name: String) throws(APIError) -> Message.Role {
        if role == "developer" { return .system }
        guard let known = Message.Role(rawValue: role) else {
            throw .invalid(
                "\(name).role: expected system, developer, user or assistant, found \"\(role.prefix(40))\".",
                param: "\(name).role")
        }
        return known
    }

    private func text(named name: String) throws(APIError) -> String {
        switch content {
        case .text(let text): return text
        case .parts(let parts):
            var text = ""
            for (index, part) in parts.enumerated() {
                guard part.type == "text", let piece = part.text else {
                    throw .unsupported(
                        "\(name).content[\(index)]: expected a part of type text, found \"\(part.type.prefix(40))\".",
                        param: "\(name).content[\(index)]")
                }
                text += piece
            }
            return text
        case nil:
            throw .invalid("\(name).content: expected a text, found none.", param: "\(name).content")
        }
    }
}
