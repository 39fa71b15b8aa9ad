using TinyQuant.Data;

namespace TinyQuant.Training.Tests.Support;

/// <summary>
/// A test on the real Fashion-MNIST, skipped where neither the system's package nor the user's cache has it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealFashionFactAttribute : FactAttribute
{
    public RealFashionFactAttribute()
    {
        var options = new DataSetOptions();
        if (!new[] { options.SystemDirectory, options.CacheDirectory }.Any(d =>
            Directory.Exists(Path.Combine(d, "fashion-mnist"))))
        {
            Skip = "Install the package dataset-fashion-mnist, or run 'tinyquant data --data-set fashion-mnist "
                + "--output DIR' once.";
        }
    }
}
