using System.Reflection;
using Xunit.Sdk;

namespace TinyQuant.Runtime.Tests;

/// <summary>A row of a theory, the name of a unit; skipped on processors without its instructions.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class UnitDataAttribute : DataAttribute
{
    private readonly string _unit;

    /// <param name="unit">The name of the unit's type.</param>
    /// <param name="takes">What it takes of the processor.</param>
    public UnitDataAttribute(string unit, Takes takes)
    {
        _unit = unit;
        Skip = UnitFactAttribute.Missing(takes);
    }

    /// <inheritdoc/>
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[_unit]];
}
