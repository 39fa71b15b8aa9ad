using TinyQuant.Model;

namespace TinyQuant.Export.Tests;

/// <summary>Inputs in the form of the exported file.</summary>
public sealed class ToOnnxTests
{
    private static readonly Tensor s_image = new("image", TensorType.Int8, [1, 1, 2, 3], new Quantization(1, 0));

    [Fact]
    public void Codes_become_unsigned_and_channels_come_first_in_every_run()
    {
        byte[] codes = [0x80, 1, 2, 3, 4, 5, 0x7f, 7, 8, 9, 10, 0xff];

        Assert.Equal([0, 131, 129, 132, 130, 133, 255, 137, 135, 138, 136, 127], OnnxExporter.ToOnnx(s_image, codes));
    }

    [Fact]
    public void Reals_and_rows_stay_as_they_are()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8];

        Assert.Equal(bytes, OnnxExporter.ToOnnx(new Tensor("row", TensorType.Float32, [1, 2]), bytes));
    }

    [Fact]
    public void Part_of_a_run_is_refused() =>
        Assert.Contains("7 bytes",
            Assert.Throws<ArgumentException>(() => OnnxExporter.ToOnnx(s_image, new byte[7])).Message,
            StringComparison.Ordinal);
}
