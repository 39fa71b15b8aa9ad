namespace TinyQuant.Tests;

/// <summary>
/// A test of many cases on the golden models, skipped where there are none, as <see cref="GoldenFactAttribute"/> says.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenTheoryAttribute : TheoryAttribute
{
    public GoldenTheoryAttribute() => Skip = new GoldenFactAttribute().Skip;
}
