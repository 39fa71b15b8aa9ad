using static TinyQuant.Data.Stroke;

namespace TinyQuant.Data;

/// <summary>The ways to write each digit.</summary>
internal static class StrokeGlyphs
{
    private static readonly Stroke s_topOf2 = Curve(18, 28, 25, 5, 60, 0, 85, 22, 75, 50, 45, 70, 15, 95);
    private static readonly Stroke s_bellyOf3 = Curve(48, 45, 90, 48, 92, 90, 50, 100, 15, 88);
    private static readonly Stroke s_bellyOf5 = Curve(25, 45, 55, 35, 88, 50, 85, 85, 50, 100, 15, 90);
    private static readonly Stroke s_loopOf9 = Curve(80, 25, 60, 0, 20, 5, 18, 40, 45, 55, 75, 45, 80, 25);
    private static readonly Stroke s_seven = Line(15, 8, 85, 8, 45, 95);
    private static readonly Stroke s_one = Line(30, 25, 52, 5, 52, 95);

    /// <summary>For each digit its forms, each a list of strokes; all forms are equally frequent.</summary>
    public static Stroke[][][] Forms { get; } =
    [
        [[Curve(50, 5, 15, 10, 12, 50, 15, 90, 50, 95, 85, 90, 88, 50, 85, 10, 50, 5)]],
        [[Line(50, 5, 50, 95)], [s_one], [s_one, Line(30, 95, 74, 95)]],
        [[s_topOf2, Line(15, 95, 88, 95)], [Curve(18, 25, 35, 3, 70, 3, 85, 25, 65, 60, 25, 95, 40, 85, 88, 92)]],
        [[Curve(18, 12, 50, 0, 85, 10, 80, 42, 45, 48), s_bellyOf3], [Line(18, 5, 82, 5, 48, 45), s_bellyOf3]],
        [[Line(60, 5, 15, 65, 88, 65), Line(65, 38, 65, 95)], [Line(22, 5, 20, 52, 82, 52), Line(75, 5, 72, 95)]],
        [[Line(80, 5, 28, 5, 25, 45), s_bellyOf5], [Curve(82, 5, 30, 5, 25, 45), s_bellyOf5]],
        [[Curve(75, 8, 40, 10, 18, 45, 18, 80, 40, 98, 78, 95, 82, 65, 60, 48, 25, 60, 18, 72)]],
        [[s_seven], [s_seven, Line(35, 50, 78, 50)]],
        [
            [
                Curve(50, 48, 18, 38, 20, 5, 50, 3, 80, 5, 82, 38, 50, 48),
                Curve(50, 48, 12, 60, 12, 98, 50, 98, 88, 98, 88, 60, 50, 48),
            ],
        ],
        [[s_loopOf9, Line(80, 25, 78, 60, 65, 95)], [s_loopOf9, Curve(80, 25, 82, 70, 70, 98, 25, 92)]],
    ];
}
