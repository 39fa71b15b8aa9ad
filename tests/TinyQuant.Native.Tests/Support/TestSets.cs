using TinyQuant.Data;

namespace TinyQuant.Native.Tests.Support;

/// <summary>Test sets as the program reads them.</summary>
internal static class TestSets
{
    public const string Images = "t10k-images-idx3-ubyte";
    public const string Labels = "t10k-labels-idx1-ubyte";

    /// <summary>Writes a few procedural digits.</summary>
    public static void WriteStrokes(string directory, int count = 200) =>
        IdxWriter.Write(StrokeDigits.Create(new StrokeOptions(1, count)).TestImages, directory, "t10k");

    /// <summary>
    /// Writes the first of MNIST's test images where the user's directory has it, else procedural digits.
    /// </summary>
    public static async Task WriteBestAsync(string directory, int count)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataSetOptions.EnvironmentVariable)))
        {
            WriteStrokes(directory, count);
            return;
        }

        await WriteMnistAsync(directory, count);
    }

    public static async Task WriteMnistAsync(string directory, int count = int.MaxValue)
    {
        var options = new DataSetOptions { AllowNetwork = false };
        IdxWriter.Write(
            (await DataSetLoader.LoadAsync("mnist", options)).Data.TestImages.Take(count), directory, "t10k");
    }
}
