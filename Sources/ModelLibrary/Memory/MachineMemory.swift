import Foundation

/// How much memory the machine can give this process now.
public struct MachineMemory: Sendable {
    /// Where `/proc` and `/sys` are found; a test gives a folder of its own.
    private let root: String

    public init(root: String = "") {
        self.root = root
    }

    /// Bytes that can be taken without swapping: `MemAvailable` of `/proc/meminfo`, or what the process's control
    /// groups leave it if that is less. Where neither is known, all the machine has.
    public var availableBytes: Int {
        let system = meminfo("MemAvailable") ?? Int(clamping: ProcessInfo.processInfo.physicalMemory)
        return max(0, min(system, groupLimits.min() ?? system))
    }

    private func meminfo(_ name: String) -> Int? {
        guard let line = lines(of: "/proc/meminfo").first(where: { $0.hasPrefix(name + ":") }) else { return nil }
        let fields = line.split(separator: " ")
        guard fields.count >= 2, let kibibytes = Int(fields[1]) else { return nil }
        let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024)
        return overflow ? nil : bytes
    }

    /// What is left below each limit that binds this process, in cgroup v2 and v1.
    private var groupLimits: [Int] {
        lines(of: "/proc/self/cgroup").flatMap { line -> [Int] in
            // hierarchy:controllers:path
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return [] }
            if fields[1].isEmpty {
                return ancestors(String(fields[2])).compactMap {
                    left(in: "/sys/fs/cgroup" + $0, limit: "memory.max", usage: "memory.current")
                }
            }
            guard fields[1].split(separator: ",").contains("memory") else { return [] }
            return ancestors(String(fields[2])).compactMap {
                left(in: "/sys/fs/cgroup/memory" + $0, limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes")
            }
        }
    }

    /// A group's limit less its use; cached file pages count as free, for the kernel drops them first.
    private func left(in group: String, limit: String, usage: String) -> Int? {
        guard let limit = number(in: "\(group)/\(limit)"), let usage = number(in: "\(group)/\(usage)") else {
            return nil
        }
        let cached =
            lines(of: "\(group)/memory.stat").first { $0.hasPrefix("inactive_file ") }
            .flatMap { Int($0.dropFirst("inactive_file ".count)) } ?? 0
        return limit - max(0, usage - cached)
    }

    /// The path and all above it: a limit anywhere up the tree binds.
    private func ancestors(_ path: String) -> [String] {
        var names = path.split(separator: "/")[...]
        var paths = [""]
        while !names.isEmpty {
            paths.append("/" + names.joined(separator: "/"))
            names = names.dropLast()
        }
        return paths
    }

    private func number(in path: String) -> Int? {
        lines(of: path).first.flatMap { Int($0) }
    }

    private func lines(of path: String) -> [Substring] {
        guard let data = FileManager.default.contents(atPath: root + path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }
}
