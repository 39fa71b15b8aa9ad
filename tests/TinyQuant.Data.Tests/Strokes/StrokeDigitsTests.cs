using System.Security.Cryptography;

namespace TinyQuant.Data.Tests;

public sealed class StrokeDigitsTests
{
    [Fact]
    public void The_first_images_are_the_same_on_every_machine()
    {
        DataSet set = StrokeDigits.Create(new(200, 100));

        Assert.Equal("eaed7bf7de02f447e9230b8144e7b4fce20791a0cdc72fa555001d015086f8ab", Hash(set.TrainImages));
        Assert.Equal("d171a01c3061b82748d4b9640a4874af641294f38d5f710e3f5fa3e9bbaec4c6", Hash(set.TestImages));
    }

    [Fact]
    public void It_says_what_it_is()
    {
        DataSet set = StrokeDigits.Create(new(10, 10, Seed: 7));

        Assert.Equal("strokes", set.Name);
        Assert.Equal("strokes/train", set.Train.Name);
        Assert.Equal("strokes/test", set.Test.Name);
        Assert.Equal("procedural, drawn with seed 7", set.Source);
        Assert.Equal((28, 28), (set.Test.Rows, set.Test.Columns));
    }

    [Fact]
    public void A_smaller_set_is_the_beginning_of_a_larger_one()
    {
        LabelledImages small = StrokeDigits.Create(new(37, 1)).TrainImages;
        LabelledImages large = StrokeDigits.Create(new(90, 1)).TrainImages.Take(37);

        Assert.True(small.Pixels.Span.SequenceEqual(large.Pixels.Span));
        Assert.True(small.Labels.Span.SequenceEqual(large.Labels.Span));
    }

    [Fact]
    public void Seeds_and_halves_differ()
    {
        DataSet one = StrokeDigits.Create(new(10, 10, Seed: 1));
        DataSet two = StrokeDigits.Create(new(10, 10, Seed: 2));

        Assert.NotEqual(Hash(one.TrainImages), Hash(two.TrainImages));
        Assert.NotEqual(Hash(one.TrainImages), Hash(one.TestImages));
    }

    [Fact]
    public void Every_digit_is_equally_frequent()
    {
        DataSet set = StrokeDigits.Create(new(500, 100));

        for (byte digit = 0; digit < 10; digit++)
        {
            Assert.Equal(50, set.Train.Labels.Span.Count(digit));
            Assert.Equal(10, set.Test.Labels.Span.Count(digit));
        }
    }

    [Fact]
    public void Every_image_has_ink_and_background()
    {
        LabelledImages images = StrokeDigits.Create(new(500, 1)).TrainImages;

        for (int i = 0; i < images.Count; i++)
        {
            int inked = images.Image(i).ToArray().Count(pixel => pixel > 0);
            Assert.InRange(inked, 15, 400);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_001)]
    public void Impossible_counts_are_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StrokeDigits.Create(new(count, 1)));

    [Fact]
    public void A_linear_classifier_learns_them_well_but_not_wholly()
    {
        DataSet set = StrokeDigits.Create(new(4_000, 1_000));

        Assert.InRange(SoftmaxRegression.Accuracy(set), 0.82, 0.95);
    }

    private static string Hash(LabelledImages images) =>
        Convert.ToHexStringLower(SHA256.HashData([.. images.Labels.Span, .. images.Pixels.Span]));
}
