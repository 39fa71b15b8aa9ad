using TinyQuant.Import.Onnx;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Tests.Onnx.Support;

/// <summary>Files as networks.</summary>
internal static class Front
{
    /// <summary>The network of a file that makes sense.</summary>
    public static Network Read(byte[] file, ImportOptions? options = null)
    {
        var errors = new ErrorCollection();
        Network? network = OnnxFront.Read(file, options ?? new ImportOptions(), new Budget(file.Length), errors);
        Assert.True(network is not null, string.Join('\n', errors.ToImmutable()));
        return network;
    }

    /// <summary>All that is said against a file.</summary>
    public static string Refuse(byte[] file, ImportOptions? options = null)
    {
        var errors = new ErrorCollection();
        Assert.Null(OnnxFront.Read(file, options ?? new ImportOptions(), new Budget(file.Length), errors));
        Assert.False(errors.IsEmpty);
        return string.Join('\n', errors.ToImmutable());
    }

    /// <summary>The output of a network that is known.</summary>
    public static Constant Constant(byte[] file, int output = 0) => Read(file).Outputs[output].Value.Constant
        ?? throw new InvalidOperationException("It is not a constant.");
}
