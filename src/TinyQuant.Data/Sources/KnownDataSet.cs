using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>A published data set in four IDX files.</summary>
/// <param name="Name">The name it is asked for by, such as <c>mnist</c>.</param>
/// <param name="Title">The name people know it by, such as <c>MNIST</c>.</param>
/// <param name="TrainImages">The training images.</param>
/// <param name="TrainLabels">The training labels.</param>
/// <param name="TestImages">The test images.</param>
/// <param name="TestLabels">The test labels.</param>
/// <param name="ClassNames">The name of each class, in the order of the labels.</param>
/// <param name="Mirrors">Public addresses of directories that hold the compressed files; empty for none.</param>
/// <param name="DebianPackage">The package of Debian and Raspberry Pi OS that carries it, or null.</param>
public sealed record KnownDataSet(
    string Name,
    string Title,
    KnownFile TrainImages,
    KnownFile TrainLabels,
    KnownFile TestImages,
    KnownFile TestLabels,
    ImmutableArray<string> ClassNames,
    ImmutableArray<Uri> Mirrors,
    string? DebianPackage)
{
    /// <summary>The four files: training images and labels, test images and labels.</summary>
    public ImmutableArray<KnownFile> Files => [TrainImages, TrainLabels, TestImages, TestLabels];
}
