using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>The published data sets that <see cref="DataSetLoader"/> can find.</summary>
public static class KnownDataSets
{
    /// <summary>Handwritten digits, of Yann LeCun and Corinna Cortes.</summary>
    public static KnownDataSet Mnist { get; } = new(
        "mnist",
        "MNIST",
        Images("train", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        Labels("train", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        Images("t10k", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        Labels("t10k", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ClassNames.Digits,
        [
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        ],
        DebianPackage: null);

    /// <summary>Pictures of clothes in MNIST's form, of Zalando Research (MIT licence).</summary>
    public static KnownDataSet FashionMnist { get; } = new(
        "fashion-mnist",
        "Fashion-MNIST",
        Images("train", 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        Labels("train", 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        Images("t10k", 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        Labels("t10k", 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        [],
        DebianPackage: "dataset-fashion-mnist");

    /// <summary>All of them, in the order of preference.</summary>
    public static ImmutableArray<KnownDataSet> All { get; } = [Mnist, FashionMnist];

    private static KnownFile Images(string half, int length, string sha256) =>
        new($"{half}-images-idx3-ubyte", IdxKind.Images, length, sha256);

    private static KnownFile Labels(string half, int length, string sha256) =>
        new($"{half}-labels-idx1-ubyte", IdxKind.Labels, length, sha256);
}
