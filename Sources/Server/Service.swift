import Chat
import Foundation
import Synchronization

/// Answers requests, whatever carries them.
final class Service: Sendable {
    /// A model with those who use it.
    struct Entry: Sendable {
        var model: ServedModel
        var slots: SlotPool
    }

    let entries: [Entry]
    /// When the models were opened, in seconds since 1970.
    let created = Service.now
    private let admission: Admission
    private let isClosed = Atomic(false)

    /// - Throws: ``ServerError/sameName(_:)``.
    init(models: [ServedModel], configuration: ServerConfiguration) throws(ServerError) {
        var names: Set<String> = []
        for model in models where !names.insert(model.id).inserted { throw .sameName(model.id) }
        entries = models.map {
            Entry(model: $0, slots: SlotPool(slots: $0.slotCount, capacity: configuration.queueCapacity))
        }
        admission = Admission(configuration)
    }

    static var now: Int { Int(Date().timeIntervalSince1970) }

    /// Lets nobody in any more; those who wait are sent away, those who are being answered go on.
    func close() {
        isClosed.store(true, ordering: .relaxed)
        for entry in entries { entry.slots.close() }
    }

    /// Answers a request, or says why not.
    /// - Throws: ``ClientGone``, and `CancellationError`: nobody waits for the answer any more.
    func answer(_ request: HTTPRequest, through exchange: any Exchange) async throws {
        do {
            if let response = admission.preflight(request) { return try await exchange.send(response) }
            let route = Result { () throws(APIError) in try Route.find(request) }
            // Those without the key don't learn which paths there are.
            try admission.check(request, needsKey: (try? route.get().isOpen) != true)
            guard !isClosed.load(ordering: .relaxed) else { throw APIError.shuttingDown }
            try await route.get().answer(request, self, exchange)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as ClientGone {
            throw error
        } catch {
            try await exchange.send(apiError(error, exchange))
        }
    }

    func originFields(for request: HTTPRequest) -> HTTPFields {
        admission.originFields(for: request)
    }

    /// The model that a request names; the only one where it names none.
    func entry(named name: String?) throws(APIError) -> Entry {
        guard let name else {
            guard let entry = entries.first, entries.count == 1 else {
                throw .invalid(
                    "model is missing; expected one of \(names).", param: "model",
                    code: "missing_required_parameter")
            }
            return entry
        }
        guard let entry = entries.first(where: { $0.model.id == name }) else {
            throw APIError(
                .notFound, "There is no model \"\(name.prefix(100))\" here; expected one of \(names).", param: "model",
                code: "model_not_found")
        }
        return entry
    }

    private var names: String { entries.map(\.model.id).joined(separator: ", ") }

    /// What is told of an error. What failed in the server is for its log.
    private func apiError(_ error: any Error, _ exchange: any Exchange) async -> APIError {
        switch error {
        case let error as APIError: return error
        case SlotPool.Refusal.full:
            return APIError(
                .tooManyRequests, "The server is busy, and as many requests wait as may; try again later.",
                type: "rate_limit_error", code: "queue_full", fields: ["Retry-After": "5"])
        case SlotPool.Refusal.closed: return .shuttingDown
        case let error as any RefusingError:
            switch error.refusal {
            case .tooLong(let tokens, let limit): return .tooLong(tokens: tokens, limit: limit)
            case .unusable(let reason): return .invalid("The model can't answer this: \(reason)")
            case nil: break
            }
        default: break
        }
        await exchange.note { $0.failure = "\(error)" }
        return .failed
    }
}

extension Exchange {
    /// Says why there is no answer, or no more of it.
    fileprivate func send(_ error: APIError) async throws {
        if await hasBegun {
            try await sendEvent(WireJSON.encode(ErrorDocument(error)))
            try await endEvents()
        } else {
            try await send(error.response)
        }
    }
}
