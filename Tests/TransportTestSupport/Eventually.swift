import Foundation

/// Whether something becomes true within a time that is long for any machine, and for one that runs all other tests beside
/// this one: each step of a task waits behind those that are ready. It is looked at often, so that it usually takes no
/// time at all.
public func eventually(within seconds: Double = 300, _ isTrue: () -> Bool) -> Bool {
    let end = Date() + seconds
    while Date() < end {
        if isTrue() { return true }
        Thread.sleep(forTimeInterval: 0.005)
    }
    return isTrue()
}

/// The same for tests that wait in a task: it blocks no thread.
public func eventually(within seconds: Double = 300, _ isTrue: () -> Bool) async -> Bool {
    let end = Date() + seconds
    while Date() < end {
        if isTrue() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return isTrue()
}
