using TinyQuant.Data;

namespace TinyQuant.Tests;

/// <summary>A test on the real MNIST, skipped where <c>TINYQUANT_DATA</c> names no directory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealMnistFactAttribute : FactAttribute
{
    public RealMnistFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataSetOptions.EnvironmentVariable)))
        {
            Skip = $"Set {DataSetOptions.EnvironmentVariable} to a directory with MNIST to run it.";
        }
    }
}
