import Foundation

/// What the system says about the processor and the memory.
enum Machine {
    /// Instruction sets that the kernels have variants for, in the system's spelling.
    private static let relevantFeatures: Set<String> = [
        "avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512vl", "avx512_vnni", "avx_vnni",
        "asimd", "asimddp", "i8mm", "bf16",
    ]

    /// The processor's name and the instruction sets among `relevantFeatures`, from the text of `/proc/cpuinfo`.
    static func processor(parsing cpuInfo: String) -> (model: String?, features: [String]) {
        let model = firstValue(of: ["model name", "Model"], in: cpuInfo)
        let flags = firstValue(of: ["flags", "Features"], in: cpuInfo) ?? ""
        let features = flags.split(separator: " ").map(String.init).filter(relevantFeatures.contains)
        return (model, features.sorted())
    }

    /// Total and available memory in bytes, from the text of `/proc/meminfo`.
    static func memory(parsing memoryInfo: String) -> DoctorDocument.Memory {
        func bytes(_ key: String) -> Int? {
            guard let value = firstValue(of: [key], in: memoryInfo) else { return nil }
            guard let kibibytes = Int(value.prefix { $0.isNumber }) else { return nil }
            let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024)
            return overflow ? nil : bytes
        }
        return DoctorDocument.Memory(total: bytes("MemTotal"), available: bytes("MemAvailable"))
    }

    /// The text of a file of the system; empty where there is none.
    static func systemText(_ path: String) -> String {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The value of the first `key : value` line whose key is one of `keys`.
    private static func firstValue(of keys: [String], in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, keys.contains(parts[0].trimmingCharacters(in: .whitespaces)) else { continue }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }
}
