import Foundation

@testable import Server

/// An exchange that keeps what is sent.
actor RecordingExchange: Exchange {
    private(set) var response: HTTPResponse?
    /// The streamed events' data.
    private(set) var events: [String] = []
    private(set) var isStream = false
    private(set) var hasEnded = false
    private(set) var record = AccessRecord(client: "test", method: "", path: "")
    /// Events after which the client leaves.
    private let patience: Int

    init(patience: Int = .max) {
        self.patience = patience
    }

    var hasBegun: Bool { response != nil || isStream }

    func send(_ response: HTTPResponse) {
        self.response = response
        record.status = response.status.rawValue
    }

    func beginEvents() {
        isStream = true
        record.status = 200
    }

    func sendEvent(_ data: [UInt8]) throws {
        guard events.count < patience else { throw ClientGone() }
        events.append(String(decoding: data, as: UTF8.self))
    }

    func endEvents() {
        hasEnded = true
    }

    func note(_ change: @Sendable (inout AccessRecord) -> Void) {
        change(&record)
    }

    /// The response's body.
    var json: JSON { JSON(response.map { String(decoding: $0.body, as: UTF8.self) } ?? "") }

    /// The streamed events but for the last, which ends them.
    var chunks: [JSON] { events.dropLast().map(JSON.init) }
}

/// Something of a JSON document, found by names and places; missing where there is none.
struct JSON: Equatable, CustomStringConvertible, @unchecked Sendable {
    private let value: Any?

    init(_ text: String) {
        value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    private init(value: Any?) {
        self.value = value
    }

    subscript(name: String) -> JSON { JSON(value: (value as? [String: Any])?[name]) }
    subscript(index: Int) -> JSON {
        let elements = value as? [Any] ?? []
        return JSON(value: elements.indices.contains(index) ? elements[index] : nil)
    }

    var text: String? { value as? String }
    var number: Double? { (value as? NSNumber)?.doubleValue }
    var count: Int { (value as? [Any])?.count ?? (value as? [String: Any])?.count ?? 0 }
    var elements: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }
    /// Whether it is there and says null.
    var isNull: Bool { value is NSNull }
    var isMissing: Bool { value == nil }

    static func == (left: JSON, right: JSON) -> Bool {
        (left.value as? NSObject) == (right.value as? NSObject)
    }

    var description: String { value.map { "\($0)" } ?? "missing" }
}

extension Service {
    /// What a request gets.
    func answer(
        _ method: String, _ path: String, _ body: String = "", fields: HTTPFields = [:], patience: Int = .max
    ) async throws -> RecordingExchange {
        let exchange = RecordingExchange(patience: patience)
        try await answer(
            HTTPRequest(method: method, path: path, fields: fields, body: Array(body.utf8)), through: exchange)
        return exchange
    }
}
