using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Kernels of custom operators.</summary>
internal static class CustomCases
{
    [KernelCase("CircularBuffer.Append")]
    public static void Buffers(GuardedSpans s)
    {
        (int row, int rows, int cycles) = (s.Length(40), s.Int(1, 5), s.Int(1, 4));
        sbyte[] start = s.Codes(row * rows);
        Span<sbyte> state = s.Copy(start), output = s.Room<sbyte>(start.Length);
        Span<int> runs = s.Copy(new int[1]);
        List<sbyte> all = [.. start];
        for (int run = 1; run <= 9; run++)
        {
            sbyte[] input = s.Codes(row), before = output.ToArray();
            all.AddRange(input);
            Assert.Equal(run % cycles == 0, CircularBuffer.Append(s.Copy(input), state, runs, cycles, output));
            Assert.Equal(run % cycles == 0 ? all[^start.Length..] : before, output.ToArray());
        }
    }

    [KernelCase("DetectionPostProcess.Fast", "DetectionPostProcess.Regular")]
    public static void Detections(GuardedSpans s)
    {
        (int count, int stride, int classes, int most) = (s.Int(1, 30), s.Int(4, 6), s.Int(1, 4), s.Int(1, 8));
        int columns = classes + s.Int(0, 1), rows = most + s.Int(0, 4), perClass = s.Int(1, 9);
        DetectionOptions options = new(stride, columns, classes, most, 0.25f, 0.4f, 2, 4, 8, 16);
        // Squares of a side around the middle of a field of a chess board: equal ones, and none.
        float[] anchors = s.Values(count * 4, () => 1f), boxes = s.Values(count * stride, () => (float)s.Int(0, 3));
        for (int i = 0; i < count; i++)
        {
            (boxes[(i * stride) + 2], boxes[(i * stride) + 3]) = (0, 0);
        }

        float[] scores = s.Values(count * columns, () => s.Int(0, 8) / 8f);
        Span<float> corners = s.Room<float>(rows * 4), kinds = s.Room<float>(rows), best = s.Room<float>(rows),
            found = s.Room<float>(1);
        DetectionPostProcess.Regular(s.Copy(boxes), s.Copy(scores), s.Copy(anchors), options, perClass,
            s.Room<float>(count * 5), corners, kinds, best, found);
        List<(int Box, int Class, float Score)> expected = [.. Enumerable.Range(0, classes).SelectMany(c =>
            Kept(Score(c), most: perClass).Select(box => (box, c, Score(c)(box))))
            .OrderByDescending(d => d.Item3).Take(most)];
        Assert.Equal(expected.Count, found[0]);
        for (int i = 0; i < rows; i++)
        {
            (int box, int kind, float score) = i < expected.Count ? expected[i] : (-1, 0, 0);
            Assert.Equal(kind, kinds[i]);
            Assert.Equal(score, best[i]);
            Assert.Equal(box < 0 ? new float[4] : Corners(box), corners.Slice(i * 4, 4).ToArray());
        }

        float Most(int box) => Enumerable.Range(0, classes).Max(c => Score(c)(box));
        int[] boxesOfAll = [.. Kept(Most, most)];
        DetectionPostProcess.Fast(s.Copy(boxes), s.Copy(scores), s.Copy(anchors), options, 1,
            s.Room<float>(count * 5), corners, kinds, best, found);
        Assert.Equal(boxesOfAll.Length, found[0]);
        for (int i = 0; i < boxesOfAll.Length; i++)
        {
            Assert.Equal(Most(boxesOfAll[i]), best[i]);
            Assert.Equal(Corners(boxesOfAll[i]), corners.Slice(i * 4, 4).ToArray());
            Assert.Equal(Most(boxesOfAll[i]), Score((int)kinds[i])(boxesOfAll[i]));
        }

        Func<int, float> Score(int c) => box => scores[(box * columns) + columns - classes + c];

        float[] Corners(int box)
        {
            (float y, float x) = ((boxes[box * stride] / 2) + 1, (boxes[(box * stride) + 1] / 4) + 1);
            return [y - 0.5f, x - 0.5f, y + 0.5f, x + 0.5f];
        }

        List<int> Kept(Func<int, float> score, int most)
        {
            List<int> kept = [];
            foreach (int box in Enumerable.Range(0, count).Where(b => score(b) >= 0.25f).OrderByDescending(score))
            {
                if (kept.Count < most && kept.All(k => Common(Corners(k), Corners(box)) <= 0.4f))
                {
                    kept.Add(box);
                }
            }

            return kept;
        }
    }

    /// <summary>Of two squares of area 1, the intersection through the union.</summary>
    private static float Common(float[] a, float[] b)
    {
        float common = Math.Max(1 - Math.Abs(a[0] - b[0]), 0) * Math.Max(1 - Math.Abs(a[1] - b[1]), 0);
        return common / (2 - common);
    }
}
