import Reports
import Screen

/// The texts of one row.
struct ModelRow {
    let name: String
    let size: String
    let isCurrent: Bool
    /// Whether answers can be had from it.
    let isUsable: Bool
    let status: Span
    let fit: Span

    init(_ listing: ModelListing, state: State, pane: Pane) {
        name = VisibleText.of(listing.id).onOneLine
        size = listing.bytes.map { Figures.bytes($0).text } ?? ""
        isCurrent = listing.isModel(of: pane)
        isUsable = listing.obstacleToAnswers == nil
        if !isUsable {
            fit = Span(listing.obstacle == nil ? "writes no answers" : "can't be opened", .warning)
        } else if let needed = listing.fit {
            let text = "~" + Figures.bytes(needed.neededBytes).text
            fit = needed.fits ? Span("fits, \(text)", .estimate) : Span("too large, \(text)", .warning)
        } else {
            fit = Span("", .muted)
        }
        status =
            switch state.library.pulls[listing.id] {
            case .running(let progress)?: Span("\(Figures.percent(progress.fraction))", .chart)
            case .verifying?: Span("verifying", .chart)
            case .failed?: Span("failed", .error)
            case nil: listing.status
            }
    }

    /// A name that is too long loses its owner, then its middle: what follows the last colon tells files of one
    /// repository apart.
    func name(in columns: Int) -> String {
        guard TextWidth.columns(of: name) > columns else { return name }
        let short = name.lastIndex(of: "/").map { "…" + name[name.index(after: $0)...] } ?? name
        guard TextWidth.columns(of: short) > columns, let colon = short.lastIndex(of: ":") else {
            return TextWidth.truncate(short, to: columns)
        }
        let end = String(short[colon...])
        let room = columns - TextWidth.columns(of: end)
        return room < columns / 3
            ? TextWidth.truncate(short, to: columns) : TextWidth.truncate(String(short[..<colon]), to: room) + end
    }
}

extension ModelListing {
    /// Where it is, in a word or two.
    var status: Span {
        switch availability {
        case .onDisk: Span(VisibleText.of(places.first.map(\.statusText) ?? "on disk"), .success)
        case .partial: Span("partly", .warning)
        case .remote: Span("to pull", .muted)
        case .served(let server): Span("at \(VisibleText.of(server))", .success)
        }
    }

    /// What is known of a server's model without asking the server: its price, and that nobody was asked. Nil for others.
    var hearsay: String? {
        guard case .served = availability else { return nil }
        return [remark.map { VisibleText.of($0).onOneLine }, "from config.yaml; nobody was asked"].compactMap { $0 }
            .joined(separator: " · ")
    }

    /// What is known of it, in one line.
    var about: String {
        let size = bytes.map { Figures.bytes($0).text }
        let window = contextLength.map { "context \($0)" }
        let others = places.dropFirst().map { "also \($0.id)" }
        let weights = parameters.map { ParameterCount.text($0) }
        var server: [String] = []
        if case .served(let host) = availability { server = ["at \(host)"] }
        let known = [architecture, weights, format, size, window, entry?.licence].compactMap { $0 }
        return ([title] + server + known + others)
            .map { VisibleText.of($0).onOneLine }.joined(separator: " · ")
    }
}

extension ModelListing.Place {
    fileprivate var statusText: String { isOwn ? "on disk" : tool }
}
