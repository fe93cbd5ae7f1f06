/// The states that an automaton has been in, each once, and where bytes led from them: found when first needed.
struct MatchStates {
    /// A node of the automaton and the stacks with which it has been reached.
    struct Place: Hashable {
        var node: Int32
        var stacks: Int32
    }

    struct State: Hashable {
        /// Nodes with edges, ascending.
        var places: [Place]
        /// Whether the text may end here.
        var isAccepting: Bool
    }

    /// Nothing goes on from here.
    static let dead: Int32 = -1
    private static let unknown: Int32 = -2

    let automaton: PushdownAutomaton
    private(set) var stacks = StackSets()
    private(set) var states: [State] = []
    private var known: [State: Int32] = [:]
    /// [state][byte class]
    private var next: [Int32] = []

    init(_ automaton: PushdownAutomaton) {
        self.automaton = automaton
    }

    /// How much it holds, in units of about a hundred bytes.
    var size: Int { states.count * (1 + automaton.classCount / 20) + stacks.count }

    mutating func start(at node: Int32) -> Int32 {
        state(from: [Place(node: node, stacks: StackSets.empty)])
    }

    /// The state behind a byte; ``dead`` where it isn't allowed.
    @inline(__always)
    mutating func advance(_ state: Int32, _ byte: UInt8) -> Int32 {
        let byteClass = Int(automaton.byteClasses[Int(byte)])
        let index = Int(state) * automaton.classCount + byteClass
        let target = next[index]
        if target != Self.unknown { return target }
        let found = compute(state, automaton.representatives[byteClass])
        next[index] = found
        return found
    }

    mutating func advance(_ state: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        var state = state
        for byte in bytes {
            state = advance(state, byte)
            if state == Self.dead { break }
        }
        return state
    }

    private mutating func compute(_ state: Int32, _ byte: UInt8) -> Int32 {
        var seeds: [Place] = []
        for place in states[Int(state)].places {
            if let target = automaton.target(of: place.node, byte) {
                seeds.append(Place(node: target, stacks: place.stacks))
            }
        }
        return seeds.isEmpty ? Self.dead : self.state(from: seeds)
    }

    /// The state from which all stacks' uppermost callers go on; ``dead`` for the empty stack alone.
    mutating func returning(from stacks: Int32) -> Int32 {
        let frames = self.stacks.frames[Int(stacks)].filter { $0.target != StackSets.bottom }
        return frames.isEmpty
            ? Self.dead : state(from: frames.map { Place(node: $0.target, stacks: $0.below) })
    }

    /// The state of all places that can be reached from some without reading a byte.
    mutating func state(from seeds: [Place]) -> Int32 {
        var reached: [Place] = []
        var isAccepting = false
        var work = seeds
        while var place = work.popLast() {
            if let index = reached.firstIndex(where: { $0.node == place.node }) {
                let merged = stacks.union(reached[index].stacks, place.stacks)
                if merged == reached[index].stacks { continue }
                reached[index].stacks = merged
                place.stacks = merged
            } else {
                reached.append(place)
            }
            for call in automaton.calls(of: place.node) {
                if call.isTail {
                    work.append(Place(node: call.start, stacks: place.stacks))
                } else if let pushed = stacks.pushing(call.target, on: place.stacks) {
                    work.append(Place(node: call.start, stacks: pushed))
                }
            }
            guard automaton.isFinal[Int(place.node)] else { continue }
            for frame in stacks.frames[Int(place.stacks)] {
                if frame.target == StackSets.bottom {
                    isAccepting = true
                } else {
                    work.append(Place(node: frame.target, stacks: frame.below))
                }
            }
        }
        let places = reached.filter { automaton.hasEdges($0.node) }.sorted { $0.node < $1.node }
        return intern(State(places: places, isAccepting: isAccepting))
    }

    private mutating func intern(_ state: State) -> Int32 {
        if state.places.isEmpty, !state.isAccepting { return Self.dead }
        if let known = known[state] { return known }
        let id = Int32(states.count)
        known[state] = id
        states.append(state)
        next.append(contentsOf: repeatElement(Self.unknown, count: automaton.classCount))
        return id
    }

    /// A state of other tables for the same automaton, in these.
    mutating func adopt(_ state: Int32, of other: MatchStates) -> Int32 {
        var copied: [Int32: Int32] = [:]
        let old = other.states[Int(state)]
        let places = old.places.map { place in
            Place(node: place.node, stacks: adopt(stacks: place.stacks, of: other, &copied))
        }
        return intern(State(places: places, isAccepting: old.isAccepting))
    }

    private mutating func adopt(stacks root: Int32, of other: MatchStates, _ copied: inout [Int32: Int32]) -> Int32 {
        // What lies below has a smaller number than what lies above it: each set is interned after those it refers to.
        var wanted: Set<Int32> = [root]
        var work = [root]
        while let set = work.popLast() {
            for frame in other.stacks.frames[Int(set)] where frame.target != StackSets.bottom {
                if wanted.insert(frame.below).inserted { work.append(frame.below) }
            }
        }
        for set in wanted.sorted() where copied[set] == nil {
            copied[set] = stacks.intern(
                other.stacks.frames[Int(set)].map { frame in
                    StackSets.Frame(
                        target: frame.target,
                        below: frame.target == StackSets.bottom ? 0 : copied[frame.below] ?? StackSets.empty)
                })
        }
        return copied[root] ?? StackSets.empty
    }
}
