import Testing

@testable import diptych

@Suite("What doctor reads")
struct MachineTests {
    @Test("the processor's name and those instruction sets that matter")
    func processor() {
        let text = """
            processor\t: 0
            model name\t: Example CPU @ 2.00GHz
            flags\t\t: fpu sse2 avx2 f16c fma avx512_vnni

            """
        let processor = Machine.processor(parsing: text)
        #expect(processor.model == "Example CPU @ 2.00GHz")
        #expect(processor.features == ["avx2", "avx512_vnni", "f16c", "fma"])
        #expect(Machine.processor(parsing: "").model == nil)
    }

    @Test("memory in bytes")
    func memory() {
        let memory = Machine.memory(parsing: "MemTotal:       1000 kB\nMemAvailable:    250 kB\n")
        #expect(memory.total == 1_024_000)
        #expect(memory.available == 256_000)
        #expect(Machine.memory(parsing: "MemTotal: 9223372036854775807 kB").total == nil)
    }

    @Test(
        "colours follow the environment's conventions",
        arguments: [
            (["TERM": "xterm-256color"], "256"), (["TERM": "xterm", "COLORTERM": "truecolor"], "24-bit"),
            (["TERM": "xterm-256color", "NO_COLOR": "1"], "none"), (["TERM": "dumb"], "none"), ([:], "none"),
            (["TERM": "linux"], "16"),
        ] as [([String: String], String)])
    func colors(environment: [String: String], expected: String) {
        #expect(DoctorDocument.Terminal.colors(environment) == expected)
    }

    @Test(
        "the first locale variable that is set decides",
        arguments: [
            (["LANG": "de_DE.UTF-8"], true), (["LC_ALL": "C", "LANG": "C.UTF-8"], false),
            (["LC_ALL": "", "LC_CTYPE": "en_GB.utf8"], true), ([:], false),
        ] as [([String: String], Bool)])
    func locale(environment: [String: String], expected: Bool) {
        #expect(DoctorDocument.Terminal.isUTF8(environment) == expected)
    }
}
