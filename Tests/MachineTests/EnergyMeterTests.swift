import Foundation
import Testing

@testable import Machine

@Suite struct EnergyMeterTests {
    /// A tree of counters as sysfs shows it, removed when the test ends.
    final class Tree {
        let root: String

        init() throws {
            root = FileManager.default.temporaryDirectory.appending(path: "powercap-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: root) }

        func write(_ domain: String, _ files: [String: String]) throws {
            let folder = "\(root)/\(domain)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (name, text) in files {
                try Data((text + "\n").utf8).write(to: URL(filePath: "\(folder)/\(name)"))
            }
        }

        func package(_ number: Int, energy: String, range: String = "262143328850") throws {
            try write(
                "intel-rapl:\(number)",
                ["name": "package-\(number)", "energy_uj": energy, "max_energy_range_uj": range])
        }

        var meter: EnergyMeter { EnergyMeter(EnergyCounter(root: root)) }
    }

    @Test("packages are summed; their parts, the board and the second interface aren't")
    func sum() throws {
        let tree = try Tree()
        func write(_ energy: Int) throws {
            try tree.package(0, energy: "\(1_000_000 + energy)")
            try tree.package(1, energy: "\(7_000_000 + 2 * energy)")
            for (domain, name) in [
                ("intel-rapl:0:0", "core"), ("intel-rapl:2", "psys"), ("intel-rapl-mmio:0", "package-0"),
            ] {
                try tree.write(
                    domain, ["name": name, "energy_uj": "\(100 * energy)", "max_energy_range_uj": "262143328850"])
            }
            try tree.write("intel-rapl", ["enabled": "1"])
        }
        try write(0)
        var meter = tree.meter
        #expect(meter.result == .measured(joules: 0, domain: "package-0 + package-1"))
        try write(500_000)
        meter.update()
        #expect(meter.result == .measured(joules: 1.5, domain: "package-0 + package-1"))
        try write(600_000)
        meter.update()
        #expect(meter.result == .measured(joules: 1.8, domain: "package-0 + package-1"))
    }

    @Test("a counter that begins again goes on counting")
    func wrapAround() throws {
        let tree = try Tree()
        try tree.package(0, energy: "9500000", range: "10000000")
        var meter = tree.meter
        for energy in ["250000", "9000000", "0"] {
            try tree.package(0, energy: energy, range: "10000000")
            meter.update()
        }
        // 0.75 to the first, 8.75 to the second, 1 to the third.
        #expect(meter.result == .measured(joules: 10.5, domain: "package-0"))
    }

    @Test(
        "differences of readings",
        arguments: [
            (5, 9, 100, 4), (9, 9, 100, 0), (90, 10, 100, 20), (200, 10, 100, 10), (UInt64.max, 3, UInt64.max, 3),
        ] as [(UInt64, UInt64, UInt64, UInt64)])
    func difference(earlier: UInt64, later: UInt64, range: UInt64, expected: UInt64) {
        #expect(EnergyMeter.difference(from: earlier, to: later, range: range) == expected)
    }

    @Test("a machine without counters says so")
    func missing() throws {
        let none = EnergyMeter.Result.unavailable(reason: "this machine exposes no counter")
        let tree = try Tree()
        #expect(tree.meter.result == none)
        #expect(EnergyMeter(EnergyCounter(root: tree.root + "/nowhere")).result == none)
        try tree.write("intel-rapl:0", ["name": "psys", "energy_uj": "1", "max_energy_range_uj": "9"])
        #expect(tree.meter.result == none)
        try tree.write("intel-rapl:1", ["name": "package-1", "max_energy_range_uj": "9"])
        #expect(tree.meter.result == none)
    }

    @Test("counters that only root may read say so")
    func notAllowed() throws {
        let tree = try Tree()
        try tree.package(0, energy: "1")
        let counter = EnergyCounter(root: tree.root) { path throws(SystemFile.Failure) in
            if path.hasSuffix("/energy_uj") { throw SystemFile.Failure(code: EACCES) }
            return try SystemFile.line(of: path)
        }
        #expect(EnergyMeter(counter).result == .unavailable(reason: "needs root"))
    }

    @Test("garbage is named by its file", arguments: ["", "many", "-5", "12.5", "99999999999999999999999"])
    func garbage(text: String) throws {
        let tree = try Tree()
        try tree.package(0, energy: text)
        #expect(tree.meter.result == .unavailable(reason: "energy_uj holds no number"))
        try tree.package(0, energy: "5", range: text)
        #expect(tree.meter.result == .unavailable(reason: "max_energy_range_uj holds no number"))
    }

    @Test("a counter that goes away while it is measured leaves no figure")
    func vanishing() throws {
        let tree = try Tree()
        try tree.package(0, energy: "5")
        var meter = tree.meter
        try tree.package(0, energy: "what")
        meter.update()
        try tree.package(0, energy: "9")
        meter.update()
        #expect(meter.result == .unavailable(reason: "energy_uj holds no number"))
    }

    @Test("a folder in the place of a file is no counter that can be read")
    func folder() throws {
        let tree = try Tree()
        try tree.package(0, energy: "5")
        try FileManager.default.removeItem(atPath: "\(tree.root)/intel-rapl:0/energy_uj")
        try FileManager.default.createDirectory(
            atPath: "\(tree.root)/intel-rapl:0/energy_uj", withIntermediateDirectories: true)
        #expect(tree.meter.result == .unavailable(reason: "energy_uj can't be read (error \(EISDIR))"))
    }
}
