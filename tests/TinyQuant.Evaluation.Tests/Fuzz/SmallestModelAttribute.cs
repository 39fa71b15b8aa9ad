namespace TinyQuant.Evaluation.Tests.Fuzz;

/// <summary>The smallest model of the operator that a class tests, as a line of <see cref="OperatorText"/>.</summary>
/// <param name="line">The line.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class SmallestModelAttribute(string line) : Attribute
{
    public string Line { get; } = line;
}
