extension NumberLanguage {
    private static let largestMultiple = 20_000

    /// Numbers without exponents that are a whole number of times another one; nil where too many states would be needed.
    static func multiples(of number: DecimalNumber) -> ByteAutomaton? {
        guard let (divisor, places) = number.scaled, divisor > 0, divisor * (places + 2) <= largestMultiple else {
            return nil
        }
        // A node for the beginning, the point, and each remainder behind so many digits of the fraction; -1 before any.
        func place(_ remainder: Int, _ digits: Int) -> Int32 { Int32(2 + remainder * (places + 2) + digits) }
        var nodes = [ByteAutomaton.Node](repeating: .init(), count: 2 + divisor * (places + 2))
        let first = 0
        nodes[first].edges = [.init(low: 0x2D, high: 0x2D, target: 1)]
        for start in [0, 1] {
            nodes[start].edges += (0...9).map { digit in
                .init(low: 0x30 + UInt8(digit), high: 0x30 + UInt8(digit), target: place(digit % divisor, 0))
            }
        }
        for remainder in 0..<divisor {
            for digits in 0...places + 1 {
                // 0: before the point; n + 1: behind the point and n digits.
                let taken = max(0, digits - 1)
                var left = remainder
                for _ in taken..<max(taken, places) { left = left * 10 % divisor }
                var node = ByteAutomaton.Node(isFinal: left == 0)
                if digits == 0 { node.edges.append(.init(low: 0x2E, high: 0x2E, target: place(remainder, 1))) }
                if digits == 0 || taken < places {
                    for digit in 0...9 {
                        let next = (remainder * 10 + digit) % divisor
                        node.edges.append(
                            .init(
                                low: 0x30 + UInt8(digit), high: 0x30 + UInt8(digit),
                                target: place(next, digits == 0 ? 0 : digits + 1)))
                    }
                } else {
                    node.edges.append(.init(low: 0x30, high: 0x30, target: place(remainder, digits)))
                }
                nodes[Int(place(remainder, digits))] = node
            }
        }
        return ByteAutomaton(nodes: nodes)
    }
}
