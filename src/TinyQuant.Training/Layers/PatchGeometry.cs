using TinyQuant.Model;
using TinyQuant.Training.Numerics;

namespace TinyQuant.Training.Layers;

/// <summary>
/// Where the windows of a convolution or pool lie, with TensorFlow's padding, and their patches as matrices.
/// </summary>
internal sealed class PatchGeometry
{
    public PatchGeometry(FeatureShape input, Window window)
    {
        Input = input;
        Window = window;
        Rows = Paddings.OutputSize(window.Padding, input.Height, window.Height, window.Stride);
        Columns = Paddings.OutputSize(window.Padding, input.Width, window.Width, window.StrideWidth);
        if (Rows < 1 || Columns < 1)
        {
            throw new ArgumentException(
                Invariant($"A window of {window.Height}x{window.Width} does not fit into ")
                    + Invariant($"{input.Height}x{input.Width}."),
                nameof(window));
        }

        Top = Paddings.Before(window.Padding, input.Height, window.Height, window.Stride);
        Left = Paddings.Before(window.Padding, input.Width, window.Width, window.StrideWidth);
        PatchLength = window.Height * window.Width * input.Channels;
        PatchStride = RightMatrix.PaddedColumns(PatchLength);
    }

    public FeatureShape Input { get; }

    public Window Window { get; }

    /// <summary>Rows of the output.</summary>
    public int Rows { get; }

    /// <summary>Columns of the output.</summary>
    public int Columns { get; }

    /// <summary>Windows of one image.</summary>
    public int Positions => Rows * Columns;

    /// <summary>Rows above the image that the first window covers.</summary>
    public int Top { get; }

    /// <summary>Columns left of the image that the first window covers.</summary>
    public int Left { get; }

    /// <summary>Elements of a window.</summary>
    public int PatchLength { get; }

    /// <summary>From one patch to the next: whole panels of a right operand.</summary>
    public int PatchStride { get; }

    /// <summary>Copies the patches of some positions of one image, 0 where a window lies outside.</summary>
    public void Gather(ReadOnlySpan<float> image, int first, int count, Span<float> patches)
    {
        int rowLength = Window.Width * Input.Channels;
        for (int i = 0; i < count; i++)
        {
            Span<float> patch = patches.Slice(i * PatchStride, PatchStride);
            (int y, int x, int from, int taps) = At(first + i);
            bool isPartial = taps < Window.Width;
            for (int ky = 0; ky < Window.Height; ky++)
            {
                Span<float> row = patch.Slice(ky * rowLength, rowLength);
                bool isInside = (uint)(y + ky) < (uint)Input.Height;
                if (isPartial || !isInside)
                {
                    row.Clear();
                }

                if (isInside)
                {
                    image.Slice((((y + ky) * Input.Width) + x + from) * Input.Channels, taps * Input.Channels)
                        .CopyTo(row[(from * Input.Channels)..]);
                }
            }

            patch[PatchLength..].Clear();
        }
    }

    /// <summary>Adds the patches of some positions, packed without gaps, to one image.</summary>
    public void Scatter(ReadOnlySpan<float> patches, int first, int count, Span<float> image)
    {
        int rowLength = Window.Width * Input.Channels;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> patch = patches.Slice(i * PatchLength, PatchLength);
            (int y, int x, int from, int taps) = At(first + i);
            for (int ky = 0; ky < Window.Height; ky++)
            {
                if ((uint)(y + ky) < (uint)Input.Height)
                {
                    Span<float> target = image.Slice(
                        (((y + ky) * Input.Width) + x + from) * Input.Channels, taps * Input.Channels);
                    ChannelMath.Add(patch.Slice((ky * rowLength) + (from * Input.Channels), target.Length), target);
                }
            }
        }
    }

    /// <summary>A window's corner, its first column inside of the image and how many are.</summary>
    public (int Y, int X, int From, int Taps) At(int position)
    {
        (int row, int column) = Math.DivRem(position, Columns);
        int y = (row * Window.Stride) - Top;
        int x = (column * Window.StrideWidth) - Left;
        int from = Math.Max(0, -x);
        return (y, x, from, Math.Max(0, Math.Min(Window.Width, Input.Width - x) - from));
    }

    private static class Paddings
    {
        public static int OutputSize(Padding padding, int input, int filter, int stride) =>
            padding == Padding.Same ? (input + stride - 1) / stride : (input - filter + stride) / stride;

        public static int Before(Padding padding, int input, int filter, int stride)
        {
            int total = ((OutputSize(padding, input, filter, stride) - 1) * stride) + filter - input;
            return padding == Padding.Same ? Math.Max(0, total / 2) : 0;
        }
    }
}
