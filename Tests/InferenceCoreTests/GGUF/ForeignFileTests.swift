import EngineTestSupport
import InferenceCore
import Testing

@Suite struct ForeignFileTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let looks: String
        var testDescription: String { looks }

        init(_ text: String, _ looks: String) {
            bytes = Array(text.utf8)
            self.looks = looks
        }

        init(_ bytes: [UInt8], _ looks: String) {
            self.bytes = bytes
            self.looks = looks
        }
    }

    static let samples: [Sample] = [
        Sample("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a git-lfs pointer"),
        Sample("\n <!DOCTYPE html><html>", "a web page"),
        Sample("<HTML><body>", "a web page"),
        Sample("<?xml version=\"1.0\"?><Error>", "an XML document, perhaps a server's error"),
        Sample([0x40, 0, 0, 0, 0, 0, 0, 0] + Array("{\"__metadata__\":{}}".utf8), "a safetensors file"),
        Sample("PK\u{3}\u{4}archive/data.pkl", "a zip archive, such as a PyTorch checkpoint"),
        Sample("lmgg\u{1}\u{0}\u{0}\u{0}", "a GGML file from before GGUF"),
        Sample("tjgg\u{1}\u{0}\u{0}\u{0}", "a GGJT file from before GGUF"),
        Sample([0x1F, 0x8B, 8, 0, 0], "a gzip archive"),
        Sample([0x80, 0x02, 0x8A, 0x0A], "a Python pickle"),
        Sample([UInt8](repeating: 0, count: 5000), "zeros, as an interrupted download leaves them"),
        Sample("{\"architectures\": []}", "JSON"),
        Sample([0xDE, 0xAD, 0xBE, 0xEF, 1], "bytes de ad be ef"),
        Sample([0x07], "bytes 07"),
        Sample("GGU", "bytes 47 47 55"),
    ]

    @Test(arguments: samples)
    func isRecognised(sample: Sample) throws {
        let error = try #require(GGUFSample.error(sample.bytes))
        #expect(error.kind == .notGGUF)
        #expect(error.expected == "a GGUF file")
        #expect(error.found == sample.looks)
    }

    @Test func bigEndianIsNamed() throws {
        var writer = GGUFSample.writer()
        writer.version = UInt32(3).byteSwapped
        #expect(GGUFSample.error(writer.bytes)?.found == "3, big endian")
    }
}
