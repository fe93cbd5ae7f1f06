import Foundation

extension RetryPolicy {
    /// Makes a request until the server takes it, and again where the connection broke. Blocks during the pauses.
    ///
    /// - Parameter request: makes the request and answers the head of the response, of any status.
    /// - Returns: the last answer, of any status.
    /// - Throws: what the last request threw, `CancellationError`.
    public func run<Answer>(
        cancellation: Cancellation, _ request: () throws -> (head: HTTPResponse, answer: Answer)
    ) throws -> (head: HTTPResponse, answer: Answer) {
        var attempt = 1
        while true {
            do {
                let response = try request()
                guard
                    let pause = pause(
                        after: attempt, status: response.head.status,
                        retryAfter: response.head.headers["retry-after"], now: Date(), jitter: .random(in: 0...1))
                else { return response }
                try cancellation.sleep(seconds: pause)
            } catch let error as TransportError where error.isTransient && attempt < attempts {
                try cancellation.sleep(seconds: firstPause * Double(1 << min(attempt - 1, 16)))
            }
            attempt += 1
        }
    }
}
