namespace TinyQuant.Tests;

/// <summary>
/// A run that is to go through one instruction set names it: <c>TINYQUANT_UNIT</c> is <c>INT8;FLOAT32</c> as
/// <see cref="DotUnits"/> names them. A switch that takes nothing away any more, as after an update of .NET, would else
/// go unnoticed.
/// </summary>
public sealed class AskedUnitTests
{
    [AskedUnitFact]
    public void The_unit_is_the_one_that_was_asked_for() =>
        Assert.Equal(
            Environment.GetEnvironmentVariable(AskedUnitFactAttribute.Variable), $"{DotUnits.Int8};{DotUnits.Float32}");
}

/// <summary>A test that is skipped where no unit is asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AskedUnitFactAttribute : FactAttribute
{
    public const string Variable = "TINYQUANT_UNIT";

    public AskedUnitFactAttribute() => Skip = string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable))
        ? $"{Variable} names no unit: any may run."
        : null;
}
