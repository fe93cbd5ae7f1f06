import FuzzTargets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The entry of the toolchain's fuzzer, declared here as it has no module.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ argumentCount: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Chosen once, before the fuzzer begins.
private nonisolated(unsafe) var target = FuzzTarget.all[0]

/// `Fuzz TARGET [the fuzzer's own arguments]`
@main
enum Fuzz {
    static func main() {
        guard CommandLine.arguments.count > 1, let named = FuzzTarget.named(CommandLine.arguments[1]) else {
            let names = FuzzTarget.all.map(\.name).joined(separator: ", ")
            _ = "usage: Fuzz TARGET [-runs=N] [-seed=N] [corpus …]; targets: \(names)\n".withCString {
                write(2, $0, strlen($0))
            }
            exit(2)
        }
        target = named
        var arguments = ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { strdup($0) } + [nil]
        var count = CInt(arguments.count - 1)
        let status = arguments.withUnsafeMutableBufferPointer { buffer in
            guard var start = buffer.baseAddress else { return 2 as CInt }
            return runDriver(&count, &start) { bytes, count in
                _ = target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
                return 0
            }
        }
        exit(status)
    }
}
