using System.Globalization;
using System.Reflection;
using Xunit.Sdk;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>
/// A file of sweeps as the case of a theory: skipped, with a message, where there is none; and, with the number of its lines,
/// where the operator or its type comes later.
/// </summary>
/// <param name="name">OPERATOR-TYPE.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SweepAttribute(string name) : DataAttribute
{
    /// <summary>OPERATOR-TYPE, as the file is called.</summary>
    public string Name { get; } = name;

    /// <summary>Whether a model cannot hold it yet.</summary>
    public bool IsLater { get; set; }

    public override string? Skip
    {
        get => SweepFile.Missing
            ?? (IsLater ? string.Create(CultureInfo.InvariantCulture, $"{SweepFile.Read(Name).Lines.Count} lines of what models cannot hold yet.") : null);
        set => throw new NotSupportedException();
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Name]];
}
