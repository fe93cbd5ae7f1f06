/// English words that a question is built with and not about. In a folder of program text or manuals they are rare, so
/// that their weight by rarity alone would be that of a name.
enum FunctionWords {
    static let all = Set(
        """
        a about after all also am an and any are as at be because been before being between both but by can could did do \
        does doing don during each either else few for from had has have having he her here his how i if in into is it its \
        many may me might more most much must my no nor not of off on one only or other our out own same \
        shall she should so some such t than that the their them then there these they this those through to too under \
        until up very was we were what when where which while who whom whose why will with without would you your
        """.split(separator: " ").map { Array($0.utf8) })
}
