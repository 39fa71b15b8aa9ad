namespace TinyQuant.Data.Tests;

public sealed class RealMnistTests
{
    [RealMnistFact]
    public async Task It_is_what_was_published()
    {
        using var temp = new TempDirectory();
        var options = new DataSetOptions { CacheDirectory = temp.Path, AllowNetwork = false };

        DataSet data = (await DataSetLoader.LoadAsync("mnist", options)).Data;

        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.Equal([5, 0, 4, 1, 9], data.Train.Labels[..5].ToArray());
        Assert.Equal([7, 2, 1, 0, 4], data.Test.Labels[..5].ToArray());
        double mean = data.TrainImages.Pixels.ToArray().Average(pixel => pixel / 255.0);
        Assert.Equal(0.1307, mean, 4);
    }

    [RealMnistFact]
    public async Task The_test_half_is_exported_as_it_was_published()
    {
        using var temp = new TempDirectory();
        var options = new DataSetOptions { CacheDirectory = temp.Path, AllowNetwork = false };
        IdxWriter.Write((await DataSetLoader.LoadAsync("mnist", options)).Data.TestImages, temp.Path, "t10k");

        Assert.Equal(
            KnownDataSets.Mnist.TestImages.Sha256,
            DataDirectory.ReadVerified(temp["t10k-images-idx3-ubyte"], KnownDataSets.Mnist.TestImages).Sha256);
        Assert.Equal(
            KnownDataSets.Mnist.TestLabels.Sha256,
            DataDirectory.ReadVerified(temp["t10k-labels-idx1-ubyte"], KnownDataSets.Mnist.TestLabels).Sha256);
    }
}
