namespace TandemFetch.Engine.Report;

/// <summary>Curves through points: cardinal splines of tension 0.5, as cubic Bézier curves of SVG.</summary>
internal static class SmoothPath
{
    // A third of the tangent, which is (1 - tension) / 2 of the distance between the neighbors.
    private const double Handle = 1.0 / 12.0;

    /// <summary>A curve.</summary>
    /// <param name="points">At least one point.</param>
    public static string Through(IReadOnlyList<(double X, double Y)> points) =>
        WithCurves(new PathText().Add('M').Add(points[0].X, points[0].Y), points).ToString();

    /// <summary>The area between two curves.</summary>
    /// <param name="upper">The points of one, from left to right.</param>
    /// <param name="lower">The points of the other.</param>
    public static string Between(IReadOnlyList<(double X, double Y)> upper, IReadOnlyList<(double X, double Y)> lower)
    {
        var back = lower.Reverse().ToList();
        var path = WithCurves(new PathText().Add('M').Add(upper[0].X, upper[0].Y), upper);
        return WithCurves(path.Add('L').Add(back[0].X, back[0].Y), back).Add('Z').ToString();
    }

    private static PathText WithCurves(PathText path, IReadOnlyList<(double X, double Y)> points)
    {
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (before, from) = (points[Math.Max(i - 1, 0)], points[i]);
            var (to, after) = (points[i + 1], points[Math.Min(i + 2, points.Count - 1)]);
            path.Add('C').Add(from.X + (Handle * (to.X - before.X)), from.Y + (Handle * (to.Y - before.Y)))
                .Add(' ').Add(to.X - (Handle * (after.X - from.X)), to.Y - (Handle * (after.Y - from.Y)))
                .Add(' ').Add(to.X, to.Y);
        }

        return path;
    }
}
