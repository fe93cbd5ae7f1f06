import CKernels
import Foundation
import Testing

/// The contract that every tensor format in the list keeps.
struct FormatTests {
    static let names: [String] = {
        var names: [String] = []
        while let format = ck_format_at(names.count) { names.append(String(cString: format.pointee.name)) }
        return names
    }()

    static func format(_ name: String) throws -> UnsafePointer<ck_format> {
        let index = try #require(names.firstIndex(of: name))
        return try #require(ck_format_at(index))
    }

    struct Dequantized: Decodable {
        var format: String
        var bytes: String
        var values: [Float]
    }

    @Test("blocks decode to the values that PyPI's gguf computes")
    func decoding() throws {
        let url = try #require(
            Bundle.module.url(forResource: "dequantized", withExtension: "json", subdirectory: "Fixtures"))
        let cases = try JSONDecoder().decode([Dequantized].self, from: Data(contentsOf: url))
        #expect(Set(cases.map(\.format)).union(["F32"]) == Set(Self.names))
        for expected in cases {
            let hex = Array(expected.bytes.utf8)
            let bytes = stride(from: 0, to: hex.count, by: 2).compactMap {
                UInt8(String(decoding: hex[$0..<$0 + 2], as: UTF8.self), radix: 16)
            }
            var values = [Float](repeating: 0, count: expected.values.count)
            try Self.format(expected.format).pointee.decode(bytes, &values, values.count)
            let scale = expected.values.map(abs).max() ?? 1
            for (value, wanted) in zip(values, expected.values) {
                // Centred five-bit codes round once more than the plain formula.
                #expect(abs(value - wanted) <= 2e-7 * scale, "\(expected.format)")
            }
        }
    }

    /// Variants of the kernels that this processor can run, besides the scalar reference.
    static let variants: [ck_cpu] = (1..<CK_CPU_VARIANTS.rawValue).map { ck_cpu($0) }.filter {
        if ck_cpu_supports($0) { return true }
        print("skipped: this processor doesn't run the variant \(String(cString: ck_cpu_name($0)))")
        return false
    }

    @Test("the vector kernels agree with the scalar reference", arguments: names, [1, 2, 3, 4, 5, 6, 7, 8, 9, 13])
    func variants(name: String, tokens: Int) throws {
        // Whole tiles, and some that a vector of rows doesn't divide.
        for rows in [16, 8, 11, 1] {
            let weights = RandomWeights(try Self.format(name), rows: rows, columns: 768, tokens: tokens, seed: 7)
            let reference = weights.tile(CK_CPU_SCALAR)
            let scale = reference.map(abs).max() ?? 1
            for variant in Self.variants {
                for (value, wanted) in zip(weights.tile(variant), reference) {
                    // Only the rounding of fused and separate multiply-adds differs.
                    #expect(abs(value - wanted) <= 1e-5 * scale)
                }
            }
        }
    }

    @Test("products are those of the decoded weights", arguments: names)
    func meaning(name: String) throws {
        let weights = RandomWeights(try Self.format(name), rows: 16, columns: 768, tokens: 2, seed: 11)
        let results = weights.product(workers: 1, count: 2)
        var row = [Float](repeating: 0, count: weights.columns)
        for token in 0..<2 {
            for index in 0..<weights.rows {
                weights.format.pointee.decode(weights.matrix.data + index * weights.rowBytes, &row, row.count)
                let products = row.indices.map { Double(row[$0]) * Double(weights.values[token * row.count + $0]) }
                let norm = products.reduce(0) { $0 + $1 * $1 }.squareRoot()
                // Activations are rounded to within 1/254 of their block's largest value.
                let slack = weights.format.pointee.input == CK_INPUT_FLOAT ? 1e-5 : 0.06
                let error = abs(Double(results[token * weights.rows + index]) - products.reduce(0, +))
                #expect(error <= slack * norm, "row \(index)")
            }
        }
    }

    @Test("a token's results have the same bits beside any others and on any team", arguments: names)
    func sameBits(name: String) throws {
        let weights = RandomWeights(try Self.format(name), rows: 43, columns: 512, tokens: 23, seed: 3)
        let all = weights.product(workers: 1, count: 23).map(\.bitPattern)
        for workers in [2, 3] as [UInt32] {
            #expect(weights.product(workers: workers, count: 23).map(\.bitPattern) == all)
        }
        for width in 1...9 {
            for first in stride(from: 0, to: 23 - width, by: 5) {
                let some = weights.product(workers: 2, first: first, count: width).map(\.bitPattern)
                #expect(some == Array(all[first * 43..<(first + width) * 43]), "\(width) tokens from \(first)")
            }
        }
    }

    @Test("extreme codes and activations stay exact", arguments: names)
    func extremes(name: String) throws {
        for fill in [0x00, 0x7f, 0x80, 0xff] as [UInt8] {
            let weights = RandomWeights(try Self.format(name), rows: 16, columns: 256, tokens: 1, seed: 5)
            guard weights.format.pointee.input == CK_INPUT_QUANTIZED else { return }
            let block = Int(weights.format.pointee.block_bytes)
            let bytes = UnsafeMutablePointer(mutating: weights.matrix.data!)
            for index in 0..<16 * weights.rowBytes where !RandomWeights.isScale(name, index % block) {
                bytes[index] = fill
            }
            for value in [127, -127] as [Float] {
                for index in weights.values.indices { weights.values[index] = value }
                let team = ck_team_create(1)
                ck_quantize(team, weights.values.baseAddress, 1, weights.columns, weights.activations.baseAddress)
                ck_team_destroy(team)
                let reference = weights.tile(CK_CPU_SCALAR)
                let scale = reference.map(abs).max() ?? 1
                for variant in Self.variants {
                    for (value, wanted) in zip(weights.tile(variant), reference) {
                        #expect(abs(value - wanted) <= 1e-5 * scale)
                    }
                }
            }
        }
    }
}
