import Screen

/// What `openai:NAME@URL` names, and its shorter forms NAME, @URL and NAME@SERVER, as far as it can be told without a
/// configuration.
struct ServerReference: Equatable {
    /// Nil where the server's only model is meant.
    var model: String?
    /// The URL's host and port, or the configuration's name of the server; nil for the usual server.
    var place: String?

    /// Nil for a reference of another kind.
    init?(_ reference: String) {
        let scheme = "openai:"
        guard reference.hasPrefix(scheme) else { return nil }
        let text = reference.dropFirst(scheme.count)
        // A name may hold an @ itself, an address can't.
        let at = text.lastIndex(of: "@")
        var name = at.map { text[..<$0] } ?? text
        // A user and a password before the host are never shown.
        if let scheme = name.firstRange(of: "://") {
            let address = name[..<scheme.lowerBound]
            name = address[..<(address.lastIndex(of: "@") ?? address.startIndex)]
        }
        model = name.isEmpty ? nil : String(name)
        place = at.map { Self.host(of: text[text.index(after: $0)...]) }
        if place?.isEmpty == true { place = nil }
    }

    private static func host(of address: Substring) -> String {
        let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
        return String(address[start...].prefix { !"/?#".contains($0) })
    }
}

extension Pane {
    /// What a narrow title says behind the model's name where it is on a server: the configuration's name of the server if
    /// that was asked for, else the host. Nil for a model in this process.
    var serverMark: String? {
        guard let profile else {
            guard let place = ServerReference(reference)?.place, place != name else { return nil }
            return "@" + place
        }
        guard let server = profile.server else { return nil }
        let isConfigured = ServerReference(reference) == nil && reference != profile.name
        return "@" + (isConfigured ? reference : server.host)
    }

    /// "qwen3-32b on models.example"; without the place for a model in this process. Fit to be shown.
    var nameAndPlace: String {
        VisibleText.of(name).onOneLine + (profile?.server.map { " on \($0.shownHost)" } ?? "")
    }
}

extension State {
    /// Whether a pane's model is on a server, or would be if it could be opened.
    func isOnServer(_ pane: Pane) -> Bool {
        if let profile = pane.profile { return profile.server != nil }
        if ServerReference(pane.reference) != nil { return true }
        let listing = library.listings?.first { $0.id == pane.reference }
        if case .served = listing?.availability { return true }
        return false
    }

    /// Whose context can't be set here, as a sentence; nil where all models of the scope are in this process.
    func contextOfServers(in scope: Scope) -> String? {
        let served = scope.indices(in: self).filter { isOnServer(panes[$0]) }.map { label($0) }
        guard !served.isEmpty else { return nil }
        let rest = served.count == 1 ? "is on a server, which decides its" : "are on servers, which decide their"
        return "\(served.joined(separator: " and ")) \(rest) context."
    }
}
