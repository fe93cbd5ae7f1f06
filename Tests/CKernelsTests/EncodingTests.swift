import CKernels
import Foundation
import Testing

/// Formats that files are written in.
struct EncodingTests {
    static let names = FormatTests.names.filter { (try? FormatTests.format($0))?.pointee.encode != nil }

    private static let (rows, columns) = (64, 768)

    /// As Fixtures/quantize.py makes them.
    private static let values: [Float] = {
        var state: UInt64 = 42
        func next() -> Float {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            z ^= z >> 31
            return Float(Int(z >> 40) - 1 << 23) / Float(1 << 23)
        }
        return (0..<rows * columns).map { index in
            let sum = next() + next() + next()
            return index % 97 == 0 ? 8 * sum : sum
        }
    }()

    private func encode(_ name: String, _ values: [Float]) throws -> [UInt8] {
        try convert(name, values).bytes
    }

    private func convert(
        _ name: String, _ values: [Float], workers: UInt32 = 2
    ) throws -> (bytes: [UInt8], change: ck_change) {
        let format = try FormatTests.format(name)
        let blocks = values.count / Int(format.pointee.block_size)
        var bytes = [UInt8](repeating: 0xaa, count: blocks * Int(format.pointee.block_bytes))
        var changes = [ck_change](repeating: ck_change(), count: values.count / Int(CK_CONVERTED_AT_ONCE) + 1)
        let team = try #require(ck_team_create(workers))
        defer { ck_team_destroy(team) }
        let change = ck_convert(team, try FormatTests.format("F32"), values, format, &bytes, values.count, &changes)
        return (bytes, change)
    }

    private func decode(_ name: String, _ bytes: [UInt8], count: Int) throws -> [Float] {
        var values = [Float](repeating: 0, count: count)
        try FormatTests.format(name).pointee.decode(bytes, &values, count)
        return values
    }

    @Test("comes nearer to the values than llama.cpp", arguments: names)
    func error(name: String) throws {
        let url = try #require(
            Bundle.module.url(forResource: "quantized", withExtension: "json", subdirectory: "Fixtures"))
        let errors = try JSONDecoder().decode([String: Double].self, from: Data(contentsOf: url))
        let (bytes, change) = try convert(name, Self.values)
        let decoded = try decode(name, bytes, count: Self.values.count)
        var (difference, total) = (0.0, 0.0)
        for (value, wanted) in zip(decoded, Self.values) {
            difference += Double(value - wanted) * Double(value - wanted)
            total += Double(wanted) * Double(wanted)
        }
        let error = (difference / total).squareRoot()
        let reference = try #require(errors[name])
        #expect(error <= 0.98 * reference)
        #expect(abs((change.differences / change.values).squareRoot() / error - 1) < 1e-6)
    }

    @Test("what was decoded comes back nearly the same", arguments: names)
    func again(name: String) throws {
        let once = try decode(name, encode(name, Self.values), count: Self.values.count)
        let twice = try decode(name, encode(name, once), count: once.count)
        let differences = zip(once, twice).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
        let total = once.reduce(0.0) { $0 + Double($1 * $1) }
        #expect((differences / total).squareRoot() < 0.06)
    }

    @Test("any team writes the same bytes", arguments: names)
    func teams(name: String) throws {
        let (one, three) = (try convert(name, Self.values, workers: 1), try convert(name, Self.values, workers: 3))
        #expect(one.bytes == three.bytes)
        #expect(one.change.differences == three.change.differences)
    }

    @Test("zeros, equal, tiny and large values give finite ones", arguments: names)
    func extremes(name: String) throws {
        for value in [0, 1, -3, 1e-30, -6e4, 6e4] as [Float] {
            var values = [Float](repeating: value, count: Self.columns)
            values[5] = value == 0 ? 0 : 0.25
            let (bytes, change) = try convert(name, values)
            let decoded = try decode(name, bytes, count: values.count)
            #expect(!decoded.contains { !$0.isFinite }, "\(value)")
            #expect(change.differences <= 0.01 * change.values, "\(value)")
        }
    }

    @Test("what can't be held is told apart from what is no number", arguments: names)
    func beyond(name: String) throws {
        for value in [.infinity, -.infinity, .nan, 1e38, -3e38] as [Float] {
            var values = Self.values
            values[4100] = value
            let change = try convert(name, values).change
            #expect(change.values.isFinite == value.isFinite)
            #expect(!change.differences.isFinite == value.isFinite, "\(value)")
        }
    }
}
